import { expect } from '@open-wc/testing'
import { ListController } from '../../../../../client/dashboard/verifications/list/list-controller.ts'
import { EVERYTHING } from '../../../../../client/dashboard/verifications/list/list-state.ts'
import { createTestApi, createTestFeed, createTestHost, makeVerification, stopTimers } from '../../helpers.ts'

/** A list of what a person is searched by, which only the server can tell of a row; it fails to where `isAway`. */
async function open() {
  const server = { isAway: false }
  const row = makeVerification(2)
  const { api, bodies } = createTestApi((_method, _url, body) => {
    if (server.isAway) return { status: 500, body: {} }
    const isAmong = typeof body === 'object' && body !== null && 'ids' in body
    return { body: { items: isAmong ? [row] : [], next: null } }
  })
  const feed = createTestFeed()
  const controller = new ListController(createTestHost())
  controller.follow(api, feed)
  await controller.ask({ ...EVERYTHING, search: 'ada@example.com' }, false)
  const timers = stopTimers()
  feed.tell({}, { changed: [row] })
  /** Does what the one timer would do, and lets the answer come. */
  const pass = async () => {
    const [first] = timers.due
    if (!first) throw new Error('nothing is due')
    timers.due.delete(first[0])
    first[1]()
    await timers.settle()
  }
  return { controller, server, bodies, timers, pass, ids: () => controller.state.items.map(({ id }) => id) }
}

describe('ListController', () => {
  it('asks the server which rows are found, and again where that failed', async () => {
    const { server, timers, pass, ids } = await open()
    try {
      server.isAway = true
      await pass()
      server.isAway = false
      await pass()
      expect(ids()).to.deep.equal(['v00002'])
      expect(timers.due.size).to.equal(0)
    } finally {
      timers.restore()
    }
  })

  it('asks for none while it is paused, and for all of them after', async () => {
    const { controller, bodies, timers, pass, ids } = await open()
    try {
      const before = bodies.length
      controller.pause(true)
      await pass()
      expect([ids(), bodies.length]).to.deep.equal([[], before])
      controller.pause(false)
      await pass()
      expect(ids()).to.deep.equal(['v00002'])
    } finally {
      timers.restore()
    }
  })

  it('keeps an answer that comes during a pause for its end', async () => {
    const { controller, timers, pass, ids } = await open()
    try {
      const passing = pass()
      controller.pause(true)
      await passing
      expect(ids()).to.deep.equal([])
      controller.pause(false)
      await pass()
      expect(ids()).to.deep.equal(['v00002'])
    } finally {
      timers.restore()
    }
  })

  it('asks again by itself for a list that could not be had, which says so until then', async () => {
    const { controller, server, timers, pass } = await open()
    try {
      await pass()
      server.isAway = true
      await controller.ask(EVERYTHING, false)
      expect([controller.state.phase, controller.state.error]).to.deep.equal(['failed', 'server'])
      const passing = pass()
      expect([controller.state.phase, controller.state.error]).to.deep.equal(['loading', 'server'])
      await passing
      expect(controller.state.phase).to.equal('failed')
      server.isAway = false
      await pass()
      expect([controller.state.phase, controller.state.error]).to.deep.equal(['ready', null])
      expect(timers.due.size).to.equal(0)
    } finally {
      timers.restore()
    }
  })

  it('asks no more once its view is gone', async () => {
    const { controller, server, timers, pass } = await open()
    try {
      server.isAway = true
      const passing = pass()
      controller.hostDisconnected()
      await passing
      expect(timers.due.size).to.equal(0)
    } finally {
      timers.restore()
    }
  })
})

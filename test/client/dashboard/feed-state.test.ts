import { expect } from '@open-wc/testing'
import type { FeedState } from '../../../client/dashboard/feed-state.ts'
import { applyFeedEvent, FEED_AT_START } from '../../../client/dashboard/feed-state.ts'
import { countAll, makeVerification } from './helpers.ts'

const counts = countAll([])
const LIVE: FeedState = { connection: 'live', currentAt: 1000, revision: 7, counts }

describe('applyFeedEvent', () => {
  it('becomes live with a snapshot, whatever it held', () => {
    const snapshot = { revision: 3, verifications: [makeVerification(1)], counts: { ...counts, created: 1 } }
    for (const before of [FEED_AT_START, LIVE]) {
      expect(applyFeedEvent(before, { type: 'snapshot', snapshot, at: 2000 })).to.deep.equal({
        connection: 'live',
        currentAt: 2000,
        revision: 3,
        counts: snapshot.counts,
      })
    }
  })

  it('follows a frame that goes on from what it holds', () => {
    const changes = { from: 7, to: 9, verifications: [], counts: { ...counts, approved: 2 } }
    const after = applyFeedEvent(LIVE, { type: 'changes', changes, at: 2000 })
    expect(after.revision).to.equal(9)
    expect(after.counts?.approved).to.equal(2)
    expect(after.connection).to.equal('live')
  })

  for (const from of [6, 8]) {
    it(`takes nothing from a frame that begins at ${from} when it holds 7, and is no longer live`, () => {
      const changes = { from, to: 12, verifications: [], counts: { ...counts, approved: 2 } }
      expect(applyFeedEvent(LIVE, { type: 'changes', changes, at: 2000 })).to.deep.equal({
        ...LIVE,
        connection: 'waiting',
      })
    })
  }

  it('remembers when it was last current, through loss and return', () => {
    const heard = applyFeedEvent(LIVE, { type: 'heard', at: 5000 })
    const lost = applyFeedEvent(heard, { type: 'lost', online: true })
    const back = applyFeedEvent(lost, { type: 'connected' })
    expect([lost.connection, back.connection]).to.deep.equal(['reconnecting', 'waiting'])
    expect(back.currentAt).to.equal(5000)
    expect(applyFeedEvent(lost, { type: 'heard', at: 9000 }).currentAt).to.equal(5000)
  })

  it('tells a lost server from a lost network, and both from an ended session', () => {
    expect(applyFeedEvent(LIVE, { type: 'lost', online: false }).connection).to.equal('offline')
    expect(applyFeedEvent(LIVE, { type: 'refused' }).connection).to.equal('refused')
    expect(applyFeedEvent(LIVE, { type: 'outdated' }).connection).to.equal('outdated')
  })
})

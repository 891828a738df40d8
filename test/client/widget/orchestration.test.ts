// SEON's real SDK 0.0.3 in a real browser, with a stand-in for its service. The numbers are those of the defects that
// were found in it, which `orchestration.ts` refers to.

import { expect } from '@open-wc/testing'
import { createContainer } from '../../../client/widget/frame/stage.ts'
import { type Flow, type FlowEvent, openFlow } from '../../../client/widget/orchestration.ts'
import { readRequests, say, seonUrl, until, whenLoaded } from '../helpers/fake.ts'

interface Run {
  flow: Flow
  container: HTMLElement
  events: FlowEvent[]
  types: () => FlowEvent['type'][]
  seen: (type: FlowEvent['type']) => Promise<unknown>
}

const runs: Run[] = []

function open(
  scenario: string,
  limits = { start: 4000, silence: 4000 },
  root: Node = document.body,
  token = 'fake:token',
): Run {
  const container = createContainer()
  container.style.height = '300px'
  root.appendChild(container)
  const events: FlowEvent[] = []
  const flow = openFlow({ token, target: container, sandboxUrl: seonUrl(scenario), limits }, (event) => {
    // When a frame has loaded is the browser's business.
    if (event.type !== 'loaded') events.push(event)
  })
  const types = () => events.map(({ type }) => type)
  const run = {
    flow,
    container,
    events,
    types,
    seen: (type: FlowEvent['type']) => until(() => types().includes(type), type),
  }
  runs.push(run)
  return run
}

/** Opens a flow whose page has loaded. */
async function openLoaded(scenario = 'plain'): Promise<Run & { frame: Window }> {
  const loaded = whenLoaded(scenario)
  const run = open(scenario)
  return { ...run, frame: await loaded }
}

const frameOf = ({ container }: Run) => container.querySelector('iframe')
const failureOf = ({ events }: Run) => events.flatMap((event) => (event.type === 'failed' ? [event.failure] : []))[0]

describe('orchestration', () => {
  const rejections: unknown[] = []
  const noteRejection = ({ reason }: PromiseRejectionEvent) => void rejections.push(reason)

  before(() => window.addEventListener('unhandledrejection', noteRejection))
  after(() => window.removeEventListener('unhandledrejection', noteRejection))

  afterEach(async () => {
    for (const { flow, container } of runs.splice(0)) {
      flow.close()
      container.remove()
    }
    await new Promise((resolve) => setTimeout(resolve))
    expect(rejections.splice(0), 'unhandled rejections').to.deep.equal([])
  })

  it('goes from the frame to the outcome and closes', async () => {
    const run = await openLoaded()
    expect(run.types()).to.deep.equal(['shown'])
    expect(frameOf(run)?.src).to.match(/flow\.html\?platform=WEB$/)
    say(run.frame, 'started')
    await run.seen('started')
    say(run.frame, 'completed', 'success')
    await run.seen('closed')
    expect(run.types()).to.deep.equal(['shown', 'opened', 'started', 'completed', 'closed'])
    expect(run.events[3]).to.deep.equal({ type: 'completed', outcome: 'success' })
    expect(frameOf(run)).to.equal(null)
  })

  it('1: a failed start does not keep the next one from starting', async () => {
    const failed = open('plain')
    failed.container.id = 'somewhere-else'
    await failed.seen('closed')
    expect(failureOf(failed)?.code).to.equal('sdk_unknown')
    const run = await openLoaded()
    expect(frameOf(run)).not.to.equal(null)
  })

  it('2: can be closed after a flow that is over, and again', async () => {
    const first = await openLoaded()
    say(first.frame, 'completed', 'success')
    await first.seen('closed')
    first.flow.close()
    const second = await openLoaded()
    second.flow.close()
    second.flow.close()
    await second.seen('closed')
    expect(second.types()).to.deep.equal(['shown', 'closed'])
    expect(frameOf(second)).to.equal(null)
  })

  it('3: can be closed by who hears of `completed` or `cancelled`', async () => {
    for (const type of ['completed', 'cancelled'] as const) {
      const loaded = whenLoaded('plain')
      const container = createContainer()
      document.body.append(container)
      const types: string[] = []
      const flow = openFlow({ token: 'fake:token', target: container, sandboxUrl: seonUrl('plain') }, (event) => {
        if (event.type !== 'loaded') types.push(event.type)
        if (event.type === type) {
          flow.close()
          container.remove()
        }
      })
      say(await loaded, type, 'success')
      await until(() => types.includes('closed'), 'closed')
      expect(types).to.deep.equal(['shown', 'opened', type, 'closed'])
    }
  })

  it('4: cleans up although somebody else removed the frame', async () => {
    const run = await openLoaded()
    frameOf(run)?.remove()
    run.flow.close()
    await run.seen('closed')
    expect(frameOf(run)).to.equal(null)
    expect(run.types()).to.deep.equal(['shown', 'closed'])
    await openLoaded()
  })

  it('5: two flows started at once are two frames, each closed by its own', async () => {
    const [first, second] = [open('plain'), open('slow')]
    await Promise.all([first.seen('shown'), second.seen('shown')])
    expect([frameOf(first)?.src, frameOf(second)?.src].map((src) => src?.includes('/slow/'))).to.deep.equal([
      false,
      true,
    ])
    first.flow.close()
    await first.seen('closed')
    expect([frameOf(first), frameOf(second) !== null]).to.deep.equal([null, true])
  })

  it('6: closed while it starts, it never opens', async () => {
    const run = open('slow')
    run.flow.close()
    await run.seen('closed')
    const later = open('slow')
    await later.seen('shown')
    expect(run.types()).to.deep.equal(['closed'])
    expect(frameOf(run)).to.equal(null)
  })

  it('6: a start that hung does not open its frame in the place of the next one', async () => {
    const run = open('slow', { start: 30, silence: 4000 })
    await run.seen('closed')
    const next = open('plain')
    await next.seen('shown')
    const later = open('slow')
    await later.seen('shown')
    expect(document.querySelectorAll('iframe[data-testid="seon-idv-iframe"]')).to.have.length(2)
  })

  for (const scenario of ['hang-regions', 'hang-client-init']) {
    it(`7: gives up when SEON does not answer (${scenario})`, async () => {
      const run = open(scenario, { start: 120, silence: 4000 })
      await run.seen('closed')
      expect(run.types()).to.deep.equal(['failed', 'closed'])
      expect(failureOf(run)).to.deep.equal({ code: 'start_timeout' })
    })
  }

  it('8: a frame that never loads is a failure', async () => {
    const run = open('never-loads', { start: 4000, silence: 150 })
    await run.seen('closed')
    expect(run.types()).to.deep.equal(['shown', 'failed', 'closed'])
    expect(failureOf(run)).to.deep.equal({ code: 'start_timeout' })
    expect(frameOf(run)).to.equal(null)
  })

  it('8: a frame that has loaded and says nothing stays, and is told of', async () => {
    const run = open('plain', { start: 4000, silence: 300 })
    await run.seen('silent')
    expect(run.types()).to.deep.equal(['shown', 'silent'])
    expect(frameOf(run)).not.to.equal(null)
  })

  it('10: an error after which nothing works closes the frame', async () => {
    for (const code of ['error_code_1', 'error_code_3', 'error_code_4', 'error_code_5', 'error_code_6']) {
      const run = await openLoaded()
      say(run.frame, 'error', code)
      await run.seen('closed')
      expect(run.types()).to.deep.equal(['shown', 'opened', 'failed', 'closed'])
      expect(failureOf(run)).to.deep.equal({ code: `sdk_${code}` })
      expect(frameOf(run)).to.equal(null)
    }
  })

  it('10: an unknown error leaves it open', async () => {
    const run = await openLoaded()
    for (const sent of ['unknown', 'error_code_99', { toString: null }, undefined]) say(run.frame, 'error', sent)
    say(run.frame, 'started')
    await run.seen('started')
    const errors = run.events.flatMap((event) => (event.type === 'error' ? [event.failure.code] : []))
    expect(errors).to.deep.equal(['sdk_unknown', 'sdk_unknown', 'sdk_unknown', 'sdk_unknown'])
    expect(frameOf(run)).not.to.equal(null)
  })

  it('12: every start has a token of its own', async () => {
    const path = '/seon/slow/flow/client-init'
    const before = (await readRequests(path)).length
    for (const token of ['fake:first', 'fake:second']) {
      const run = open('slow', undefined, undefined, token)
      await run.seen('shown')
    }
    const sent = (await readRequests(path)).slice(before).map(({ headers }) => headers['authorization'])
    expect(sent).to.deep.equal(['Bearer fake:first', 'Bearer fake:second'])
  })

  for (const [scenario, code] of [
    ['refused', 'sdk_error_code_3'],
    ['down', 'sdk_http_503'],
    ['no-target', 'sdk_invalid_answer'],
  ]) {
    it(`13: gives a start that fails (${scenario}) the code ${code}`, async () => {
      const run = open(scenario ?? '')
      await run.seen('closed')
      expect(run.types()).to.deep.equal(['failed', 'closed'])
      expect(failureOf(run)).to.deep.equal({ code })
    })
  }

  it('14: two flows on one page do not hear each other', async () => {
    const first = await openLoaded()
    const second = await openLoaded('slow')
    say(first.frame, 'completed', 'pending')
    await first.seen('closed')
    expect(second.types()).to.deep.equal(['shown'])
    expect(frameOf(second)).not.to.equal(null)
  })

  it('16: leaves the page its own functions, which the device check wraps', async () => {
    const own = { eval: Reflect.get(globalThis, 'eval'), find: Reflect.get(Document.prototype, 'querySelector') }
    const run = await openLoaded()
    await until(() => Reflect.get(globalThis, 'eval') !== own.eval, 'the wrapping')
    run.flow.close()
    await run.seen('closed')
    expect(Reflect.get(globalThis, 'eval')).to.equal(own.eval)
    expect(Reflect.get(Document.prototype, 'querySelector')).to.equal(own.find)
  })

  it('16: leaves alone what another script has put over them since', async () => {
    const own = Object.getOwnPropertyDescriptors(Document.prototype)
    const run = await openLoaded()
    const wrapped: unknown = Reflect.get(Document.prototype, 'querySelector')
    expect(wrapped).not.to.equal(own.querySelector.value)
    const patch = (selectors: string) => own.querySelector.value?.call(document, selectors)
    Object.defineProperty(Document.prototype, 'querySelector', { ...own.querySelector, value: patch })
    Object.defineProperty(Document.prototype, 'querySelectorAll', own.querySelectorAll)
    run.flow.close()
    await run.seen('closed')
    const now = Object.getOwnPropertyDescriptors(Document.prototype)
    Object.defineProperty(Document.prototype, 'querySelector', own.querySelector)
    expect(now.querySelector.value, 'put over').to.equal(patch)
    expect(now.querySelectorAll.value, 'given back by somebody else').to.equal(own.querySelectorAll.value)
    expect(now.getElementById.value, 'SEON’s own').to.equal(own.getElementById.value)
  })

  it('17: is not taken in by something else of the page called `seon`', async () => {
    const link = document.createElement('a')
    link.id = 'seon'
    document.body.append(link)
    const run = await openLoaded()
    expect(Reflect.get(globalThis, 'seon'), 'by its id').to.equal(link)
    run.flow.close()
    link.remove()
    Object.assign(globalThis, { seon: 'a score' })
    const another = await openLoaded()
    expect(Reflect.get(globalThis, 'seon')).to.equal('a score')
    another.flow.close()
    Reflect.deleteProperty(globalThis, 'seon')
  })

  it('takes any outcome that is none of SEON’s words for `unknown`', async () => {
    for (const sent of [{ approved: true }, 'approved', null, 7]) {
      const run = await openLoaded()
      say(run.frame, 'completed', sent)
      await run.seen('closed')
      expect(run.events).to.deep.include({ type: 'completed', outcome: 'unknown' })
    }
  })

  it('does not believe a frame that it has opened or closed itself', async () => {
    const run = await openLoaded()
    say(run.frame, 'opened')
    say(run.frame, 'started')
    await run.seen('started')
    expect(run.types()).to.deep.equal(['shown', 'opened', 'started'])
    say(run.frame, 'closed')
    await run.seen('closed')
    expect(frameOf(run), 'it is taken away then').to.equal(null)
  })

  it('hears how it ended from a frame that says `closed` first', async () => {
    const run = await openLoaded()
    say(run.frame, 'closed')
    say(run.frame, 'completed', 'success')
    await run.seen('closed')
    expect(run.types()).to.deep.equal(['shown', 'opened', 'completed', 'closed'])
  })

  it('hears nothing but its own frame', async () => {
    const run = await openLoaded()
    const oddities = [
      'completed',
      null,
      7,
      [],
      { event: 7 },
      { event: 'completed', eventData: 'success' },
      new Map(),
      new Date(),
    ]
    for (const oddity of oddities) window.postMessage(oddity, '*')
    const stranger = whenLoaded('slow')
    const other = open('slow')
    say(await stranger, 'cancelled')
    await other.seen('closed')
    expect(run.types()).to.deep.equal(['shown'])
    expect(frameOf(run)).not.to.equal(null)
  })

  it('opens in a shadow root, where SEON’s SDK cannot look, and leaves `getElementById` as it was', async () => {
    const outer = document.createElement('div')
    document.body.append(outer)
    const inner = document.createElement('div')
    outer.attachShadow({ mode: 'open' }).append(inner)
    const run = open('plain', undefined, inner.attachShadow({ mode: 'open' }))
    await run.seen('shown')
    expect(frameOf(run)).not.to.equal(null)
    await until(() => !Object.hasOwn(document, 'getElementById'), 'the page’s own getElementById')
    run.flow.close()
    await run.seen('closed')
    expect(frameOf(run)).to.equal(null)
    outer.remove()
  })

  it('leaves alone a `getElementById` that the page has put there, before or meanwhile', async () => {
    const find = (id: string) => Document.prototype.getElementById.call(document, id)
    const findLater = (id: string) => find(id)
    const outer = document.createElement('div')
    document.body.append(outer)
    const root = outer.attachShadow({ mode: 'open' })
    document.getElementById = find
    const before = open('plain', undefined, root)
    await before.seen('shown')
    const now = (): unknown => Reflect.get(document, 'getElementById')
    await until(() => now() === find, 'the page’s own')
    const meanwhile = open('slow', undefined, root)
    document.getElementById = findLater
    await meanwhile.seen('closed')
    await new Promise((resolve) => setTimeout(resolve))
    expect(now()).to.equal(findLater)
    Reflect.deleteProperty(document, 'getElementById')
    outer.remove()
  })
})

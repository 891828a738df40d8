import { expect, fixture, html, waitUntil } from '@open-wc/testing'
import { sendKeys } from '@web/test-runner-commands'
import type { SandboxView } from '../../../../client/dashboard/sandbox/sandbox-view.ts'
import type { SandboxAttempt, SandboxState, SessionInfo } from '../../../../server/protocol.ts'
import '../../../../client/dashboard/elements.ts'
import '../../../../client/dashboard/sandbox/elements.ts'
import { messages } from '../../../../client/dashboard/messages.ts'
import { parseRoute } from '../../../../client/dashboard/routing/route.ts'
import { expectOnlyText, NAUGHTY } from '../../helpers/naughty.ts'
import {
  createTestApi,
  createTestFeed,
  findDeep,
  loadTokens,
  makeDetail,
  makeVerification,
  readText,
} from '../helpers.ts'

const words = messages.sandbox
const FINISHED = 'orchestration/workflow_execution_finished'
const RUN = { executionId: 'run-1', userId: 'ada@example.com', status: 'CREATED', createdAt: '2026-01-01T00:00:00Z' }

const STATE: SandboxState = {
  settings: { deviceHash: false, webhookDelayMs: 1500, webhookFirst: false, digestEncoding: 'hex' },
  chaos: {
    seed: 1,
    duplicate: 0,
    reorder: 0,
    reorderMs: 3000,
    delay: 0,
    delayMs: 600_000,
    drop: 0,
    corrupt: 0,
    revoke: 0,
    revokeAfterMs: 600_000,
    outageUntil: null,
  },
  faults: [],
  events: {
    ping: [],
    [FINISHED]: ['APPROVED', 'DECLINED'],
    'idv:session_finished': ['APPROVED'],
    'lists:customlist': ['watchlist', 'vip_list'],
    incode: ['ID_VALIDATION_FINISHED', 'MANUAL_REVIEW_APPROVED'],
  },
  sources: {
    ping: 'seon',
    [FINISHED]: 'seon',
    'idv:session_finished': 'seon-idv',
    'lists:customlist': 'seon-fraud',
    incode: 'incode',
  },
  ends: [],
  clock: { now: '2026-01-01T00:00:00.000Z', aheadMs: 0, waiting: 2 },
}

function makeAttempt(changes: Partial<SandboxAttempt> = {}): SandboxAttempt {
  return {
    at: '2026-01-01T00:00:00.000Z',
    source: 'seon',
    event: FINISHED,
    requestId: 'r',
    subject: 'run-1',
    attempt: 1,
    copy: null,
    url: 'http://127.0.0.1/webhooks/seon',
    status: 200,
    error: null,
    nextAttemptAt: null,
    ...changes,
  }
}

/** A sandbox that answers as the real one, and remembers what it was asked to do. */
async function open({
  role = 'admin',
  search = '',
  attempts = [],
  failing = false,
  naughtyRuns = [],
}: {
  role?: SessionInfo['role']
  search?: string
  attempts?: SandboxAttempt[]
  failing?: boolean
  naughtyRuns?: (typeof RUN)[]
} = {}) {
  const asked: [path: string, body: unknown][] = []
  let runs = [RUN, ...naughtyRuns]
  let state = STATE
  const { api } = createTestApi((method, { pathname }, body) => {
    const path = pathname.replace('/api/sandbox', '') || '/'
    if (method === 'POST') asked.push([path, body])
    if (failing && method === 'POST') return { status: 503, body: { error: 'unavailable' } }
    switch (path) {
      case '/':
        return { body: state }
      case '/runs':
        return { body: { runs, interviews: [{ interviewId: 'i-1', externalCustomerId: 'u-9', status: 'UNKNOWN' }] } }
      case '/attempts':
        return { body: { attempts } }
      case '/trigger':
        return { body: makeAttempt() }
      case '/chaos':
        state = { ...state, chaos: { ...state.chaos, ...(typeof body === 'object' ? body : {}) } }
        return { body: state.chaos }
      case '/clock':
        state = { ...state, clock: { now: '2026-01-02T00:00:00.000Z', aheadMs: 86_400_000, waiting: 0 } }
        return { body: state.clock }
      case '/api/init-verification':
        runs = [{ ...RUN, executionId: 'run-new', userId: 'sandbox-user' }, ...runs]
        return { body: { token: 't', statusToken: 's' } }
      default:
        return { body: makeDetail(makeVerification(1, { vendorId: 'run-1' })) }
    }
  })
  const session: SessionInfo = { operator: 'kim', role, environment: 'sandbox', warnings: [], workflows: [] }
  const element = await fixture<SandboxView>(
    html`<sv-sandbox
      .api=${api}
      .feed=${createTestFeed()}
      .session=${session}
      .route=${parseRoute(`?view=sandbox${search}`)}
    ></sv-sandbox>`,
  )
  const shown = (text: string) => waitUntil(() => readText(element.renderRoot).includes(text), `no “${text}”`)
  if (role === 'admin') await shown(words.fire.title)
  const within = (selector: string) => {
    const found = findDeep(element.renderRoot, selector)
    if (!found) throw new Error(`no ${selector}`)
    return found
  }
  const choose = async (label: string, value: string) => {
    const root = within('sv-sandbox-event').shadowRoot
    const select = [...(root?.querySelectorAll('label') ?? [])]
      .find((each) => each.firstChild && readText(each).startsWith(label))
      ?.querySelector('select')
    if (!select) throw new Error(`no select “${label}”`)
    select.value = value
    select.dispatchEvent(new Event('change'))
    await waitUntil(() => select.value === value)
  }
  const send = async () => {
    within('sv-sandbox-event').shadowRoot?.querySelector('form')?.requestSubmit()
    await waitUntil(() => asked.some(([path]) => path === '/trigger'), 'nothing was sent')
    return asked.find(([path]) => path === '/trigger')?.[1]
  }
  return { element, asked, shown, within, choose, send }
}

describe('sv-sandbox', () => {
  before(loadTokens)
  afterEach(() => document.documentElement.removeAttribute('data-theme'))

  it('starts a verification and sends about it, then about the same one', async () => {
    const { asked, send, shown, within } = await open()
    expect(await send()).to.deep.equal({ event: FINISHED, status: 'APPROVED', executionId: 'run-new' })
    expect(asked[0]).to.deep.equal(['/api/init-verification', { userId: 'sandbox-user' }])
    await shown('200 · Taken')
    asked.length = 0
    await waitUntil(() => within('sv-sandbox-event').shadowRoot?.querySelector('input[maxlength]') === null)
    expect(await send()).to.include({ executionId: 'run-new' })
    expect(asked.map(([path]) => path)).to.deep.equal(['/trigger'])
  })

  it('sends what is chosen: vendor, event, result, whom about and how', async () => {
    const { element, choose, send, asked } = await open()
    const radio = findDeep(element.renderRoot, 'input[value=seon-fraud]')
    radio?.click()
    await waitUntil(() => readText(element.renderRoot).includes(words.fire.count))
    await choose(words.fire.status, 'vip_list')
    await choose(words.fire.about, 'id:run-1')
    await choose(words.fire.arrival, 'wrong')
    expect(await send()).to.deep.equal({
      event: 'lists:customlist',
      status: 'vip_list',
      executionId: 'run-1',
      forged: 'wrong',
    })
    asked.length = 0
    findDeep(element.renderRoot, 'input[value=incode]')?.click()
    await waitUntil(() => readText(element.renderRoot).includes(words.fire.score))
    await choose(words.fire.about, 'id:i-1')
    await choose(words.fire.arrival, 'twice')
    await choose(words.fire.score, 'FAIL')
    expect(await send()).to.deep.equal({
      event: 'incode',
      status: 'ID_VALIDATION_FINISHED',
      interviewId: 'i-1',
      score: 'FAIL',
      copies: 2,
    })
  })

  it('masks user ids that name a person', async () => {
    const { element } = await open()
    expect(readText(element.renderRoot)).to.contain('a•••@e•••').and.not.to.contain('ada@example.com')
  })

  it('begins with the verification that the address names', async () => {
    const { send } = await open({ search: '&of=v00001' })
    expect(await send()).to.include({ executionId: 'run-1' })
  })

  it('turns the dial and shows what the sandbox made of it', async () => {
    const { element, asked, shown, within } = await open()
    findDeep(element.renderRoot, 'input[value=storm]')?.click()
    await shown('60 %')
    expect(asked[0]?.[0]).to.equal('/chaos')
    expect(asked[0]?.[1]).to.include({ duplicate: 0.5, drop: 0.4 })
    const knob = within('sv-sandbox-chaos').shadowRoot?.querySelector<HTMLInputElement>('input[type=range]')
    knob?.focus()
    await sendKeys({ press: 'ArrowLeft' })
    await waitUntil(() => asked.length === 2)
    expect(asked[1]).to.deep.equal(['/chaos', { duplicate: 0.45 }])
  })

  it('lets time pass and says how far ahead it is', async () => {
    const { element, asked, shown, within } = await open()
    await shown('2 deliveries wait')
    const buttons = [...(within('sv-sandbox-clock').shadowRoot?.querySelectorAll('button') ?? [])]
    buttons.find((each) => each.innerText.includes('24 h'))?.click()
    await shown('1 d ahead')
    expect(asked).to.deep.equal([['/clock', { advanceMs: 86_400_000 }]])
    expect(readText(element.renderRoot)).to.contain('Nothing waits.')
  })

  it('shows each try with the answer that it got', async () => {
    const { shown } = await open({
      attempts: [
        makeAttempt({ status: 401 }),
        makeAttempt({ status: 503, attempt: 3, nextAttemptAt: '2026-01-01T00:05:00.000Z' }),
        makeAttempt({ status: null, error: 'OUTAGE' }),
        makeAttempt({ status: null, error: 'HELD', attempt: 0 }),
        makeAttempt({ copy: 'damaged', status: 401 }),
        makeAttempt({ status: null, error: 'ECONNREFUSED', event: '<img src=x onerror=alert(1)>' }),
      ],
    })
    for (const text of ['401 · Refused', '503 · Come again', 'Line cut', 'Held back', 'Damaged copy', 'No. 3']) {
      await shown(text)
    }
    await shown('ECONNREFUSED')
    await shown('<img src=x onerror=alert(1)>')
  })

  it('shows naughty strings as the text they are', async () => {
    const attempts = NAUGHTY.map((text) => makeAttempt({ event: text, subject: text, status: null, error: text }))
    const runs = NAUGHTY.map((text) => ({ ...RUN, executionId: text, userId: text, status: text }))
    const { element, shown } = await open({ attempts, naughtyRuns: runs })
    await shown(NAUGHTY.at(-1) ?? '')
    const text = readText(element.renderRoot)
    for (const each of NAUGHTY) expect(text).to.contain(each)
    expectOnlyText(element.renderRoot)
  }).timeout(30_000)

  it('says so when the sandbox does not take it', async () => {
    const { element, shown } = await open({ failing: true })
    findDeep(element.renderRoot, 'form')?.dispatchEvent(new Event('submit', { cancelable: true }))
    await shown(messages.failures.server)
  })

  it('is for admins', async () => {
    const { element, asked } = await open({ role: 'viewer' })
    expect(readText(element.renderRoot)).not.to.contain(words.fire.title)
    expect(findDeep(element.renderRoot, 'sv-notice')?.getAttribute('heading')).to.equal(words.forbidden)
    expect(asked).to.deep.equal([])
  })

  for (const theme of ['light', 'dark']) {
    it(`is accessible in ${theme}`, async () => {
      document.documentElement.dataset['theme'] = theme
      const { element } = await open({ attempts: [makeAttempt(), makeAttempt({ status: 401 })] })
      await expect(element).to.be.accessible()
    })
  }
})

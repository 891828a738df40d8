import { expect, fixture, html, waitUntil } from '@open-wc/testing'
import '../../../../client/dashboard/elements.ts'
import { messages } from '../../../../client/dashboard/messages.ts'
import '../../../../client/dashboard/overview/elements.ts'
import type { OverviewView } from '../../../../client/dashboard/overview/overview-view.ts'
import type { NavigateEvent } from '../../../../client/dashboard/routing/navigate-event.ts'
import { parseRoute } from '../../../../client/dashboard/routing/route.ts'
import type { MainFigures, SessionInfo, Statistics } from '../../../../server/protocol.ts'
import { expectOnlyText, NAUGHTY } from '../../helpers/naughty.ts'
import { countAll, createTestApi, createTestFeed, findDeep, loadTokens, readText } from '../helpers.ts'

const SESSION: SessionInfo = { operator: 'kim', role: 'admin', environment: 'sandbox', warnings: [], workflows: [] }
const { overdue: _none, ...NO_COUNTS } = countAll([])
const words = messages.overview

const HOUR = 3_600_000
const FROM = Date.UTC(2026, 0, 5, 8)

const NOTHING: MainFigures = {
  from: new Date(FROM).toISOString(),
  to: new Date(FROM + 3 * HOUR).toISOString(),
  counts: NO_COUNTS,
  overdue: 0,
  decided: { approved: 0, review: 0, declined: 0 },
  approvalRate: null,
  timeToDecision: null,
  funnel: { created: 0, started: 0, submitted: 0, decided: 0 },
}

function makeStatistics(changes: Partial<Statistics> = {}): Statistics {
  return {
    ...NOTHING,
    counts: { ...NO_COUNTS, created: 2, approved: 9, declined: 3, review: 1 },
    overdue: 1,
    decided: { approved: 9, review: 1, declined: 3 },
    approvalRate: 0.75,
    timeToDecision: { medianMs: 74_000, p95Ms: 412_000, count: 12 },
    funnel: { created: 15, started: 13, submitted: 13, decided: 13 },
    bucketMs: HOUR,
    decisions: [4, 0, 9].map((approved, place) => ({
      at: new Date(FROM + place * HOUR).toISOString(),
      approved,
      review: 0,
      declined: place === 2 ? 2 : 0,
    })),
    gaveUp: { beforeStart: 2, inFlow: 0, cancelled: 0, abandoned: 0, expired: 0 },
    gaveUpAt: [{ step: 'init', count: 2 }],
    webhookLag: [{ source: 'seon', medianMs: 840, p95Ms: 4200, count: 13 }],
    previous: { ...NOTHING, counts: { ...NO_COUNTS, approved: 10 }, approvalRate: 0.8 },
    workflows: ['a-workflow'],
    vendors: ['seon'],
    ...changes,
  }
}

async function open(first: { status?: number; body?: unknown }, search = '?view=overview') {
  let answer = first
  const { api, asked } = createTestApi(() => answer)
  const feed = createTestFeed()
  const element = await fixture<OverviewView>(
    html`<sv-overview
      .api=${api}
      .feed=${feed}
      .feedState=${feed.state}
      .session=${SESSION}
      .route=${parseRoute(search)}
      @sv-navigate=${(event: NavigateEvent) => (element.route = { ...element.route, ...event.change })}
    ></sv-overview>`,
  )
  const shown = (text: string) => waitUntil(() => readText(element).includes(text), `no “${text}”`, { timeout: 6000 })
  return { element, feed, asked, shown, answerWith: (next: typeof first) => (answer = next) }
}

describe('sv-overview', () => {
  before(loadTokens)

  it('shows each figure with its change, and the same decisions as bars and as a table', async () => {
    const { element, shown } = await open({ body: makeStatistics() })
    await shown('75%')
    await shown(words.changes.points(-0.05))
    await shown(words.changes.percent(0.5))
    await shown('1 min 14 s')
    await shown(words.figures.p95('6 min 52 s'))
    await waitUntil(() => findDeep(element.renderRoot, 'canvas') !== null, 'no plot', { timeout: 6000 })
    const table = [
      ...(findDeep(element.renderRoot, 'sv-decisions-chart')?.shadowRoot?.querySelectorAll('button') ?? []),
    ].at(0)
    table?.click()
    await shown(words.decisions.total)
    const cells = [
      ...(findDeep(element.renderRoot, 'sv-decisions-chart')?.shadowRoot?.querySelectorAll('tbody td') ?? []),
    ]
    expect(cells.map((cell) => cell.textContent)).to.deep.equal(['9', '0', '2', '11', '4', '0', '0', '4'])
  })

  it('asks for what the address says, and puts into it what is chosen', async () => {
    const { element, asked, shown } = await open({ body: makeStatistics() }, '?view=overview&vendor=incode&period=day')
    await shown('75%')
    const { searchParams } = new URL(asked[0]?.split(' ')[1] ?? '', location.origin)
    const length = Date.parse(searchParams.get('to') ?? '') - Date.parse(searchParams.get('from') ?? '')
    expect([searchParams.get('vendor'), length]).to.deep.equal(['incode', 24 * HOUR])
    const select = findDeep(element.renderRoot, `select[aria-label="${words.workflow}"]`)
    if (!(select instanceof HTMLSelectElement)) throw new Error('no choice of workflows')
    select.value = 'a-workflow'
    select.dispatchEvent(new Event('change'))
    await waitUntil(() => asked.some((each) => each.includes('workflow=a-workflow')))
    expect(element.route.workflow).to.equal('a-workflow')
  })

  it('looks again when something moved, many changes being one look', async () => {
    const { feed, asked, shown, answerWith } = await open({ body: makeStatistics() })
    await shown('75%')
    answerWith({ body: makeStatistics({ approvalRate: 0.5 }) })
    for (let each = 0; each < 50; each++) feed.tell({}, { removed: [`x${each}`] })
    await shown('50%')
    expect(asked.length).to.equal(2)
  })

  it('keeps older figures where newer ones fail, and says so', async () => {
    const { feed, shown, answerWith, element } = await open({ body: makeStatistics() })
    await shown('75%')
    answerWith({ status: 500, body: { error: 'internal' } })
    feed.tell({}, { fresh: true })
    await shown('newer ones could not be loaded')
    expect(readText(element)).to.contain('75%')
    answerWith({ body: makeStatistics({ approvalRate: 0.5 }) })
    const again = [...element.renderRoot.querySelectorAll('button')].find(
      (each) => each.textContent.trim() === messages.rows.retry,
    )
    again?.click()
    await shown('50%')
    expect(readText(element)).not.to.contain('newer ones could not be loaded')
  })

  it('teaches where nothing ever was, leads back where a period is empty, and tells who may not look', async () => {
    const empty = makeStatistics({
      ...NOTHING,
      webhookLag: [],
      decisions: [],
      gaveUpAt: [],
      workflows: [],
      vendors: [],
    })
    await (await open({ body: empty })).shown(words.emptyNext)
    await (await open({ body: { ...empty, workflows: ['a'] } })).shown(words.noneNext)
    await (await open({ status: 403, body: { error: 'forbidden' } })).shown(messages.failures.forbidden)
    const failed = await open({ status: 500, body: { error: 'internal' } })
    await failed.shown(words.failed)
    failed.answerWith({ body: makeStatistics() })
    findDeep(failed.element.renderRoot, 'sv-notice button')?.click()
    await failed.shown('75%')
  })

  it('shows naughty strings as the text they are', async () => {
    document.title = 'untouched'
    const steps = NAUGHTY.slice(-6)
    const { element, shown } = await open({
      body: makeStatistics({ gaveUpAt: steps.map((step) => ({ step, count: 1 })), workflows: [...NAUGHTY] }),
    })
    await shown('75%')
    for (const each of steps) expect(readText(element.renderRoot)).to.contain(each)
    expectOnlyText(element.renderRoot)
    expect(document.title).to.equal('untouched')
  })
})

import { expect, fixture, html, waitUntil } from '@open-wc/testing'
import type {
  Check,
  SessionInfo,
  TimelineEntry,
  Verification,
  VerificationDetail,
  VerificationSearch,
} from '../../../../server/protocol.ts'
import { STATUSES } from '../../../../server/protocol.ts'
import '../../../../client/dashboard/elements.ts'
import { ASK_AGAIN } from '../../../../client/dashboard/api/retry.ts'
import { messages } from '../../../../client/dashboard/messages.ts'
import { lookUp } from '../../../../client/dashboard/parts/text/look-up.ts'
import type { NavigateEvent } from '../../../../client/dashboard/routing/navigate-event.ts'
import { parseRoute } from '../../../../client/dashboard/routing/route.ts'
import { readFieldName } from '../../../../client/dashboard/verifications/detail/check-report.ts'
import type { VerificationList } from '../../../../client/dashboard/verifications/list/verification-list.ts'
import type { VerificationsView } from '../../../../client/dashboard/verifications/verifications-view.ts'
import { expectOnlyText, NAUGHTY, showAllRows, showFewRows } from '../../helpers/naughty.ts'
import {
  countAll,
  createTestApi,
  createTestFeed,
  findDeep,
  loadTokens,
  makeDetail,
  makeVerification,
  readText,
} from '../helpers.ts'

const SESSION: SessionInfo = { operator: 'kim', role: 'admin', environment: 'sandbox', warnings: [], workflows: [] }
const ONE_OF_EACH = STATUSES.map((status, place) =>
  makeVerification(place, { status, overdue: status === 'submitted' }),
)

/** What the server would find, as far as these tests ask for it. */
function findRows(rows: ReadonlyMap<string, Verification>, asked: unknown): Verification[] {
  const { status, q, userId, overdue }: VerificationSearch = typeof asked === 'object' && asked !== null ? asked : {}
  return [...rows.values()].filter(
    (each) =>
      (!status || status.includes(each.status)) &&
      (!q || each.userId === q) &&
      (!userId || each.userId === userId) &&
      (!overdue || each.overdue),
  )
}

async function open(
  verifications: readonly Verification[],
  {
    search = '',
    timeline,
    detail = {},
  }: { search?: string; timeline?: TimelineEntry[]; detail?: Partial<VerificationDetail> } = {},
) {
  const rows = new Map(verifications.map((each) => [each.id, each]))
  const server = { isAway: false }
  const { api, asked, bodies } = createTestApi((_method, { pathname }, body) => {
    if (server.isAway) return { status: 500, body: {} }
    if (pathname === '/api/statistics') return { body: { workflows: ['a-workflow'] } }
    if (pathname === '/api/verifications/search') return { body: { items: findRows(rows, body), next: null } }
    const id = pathname.split('/')[3]
    const found = id && rows.get(decodeURIComponent(id))
    if (found && pathname.endsWith('/user')) {
      const { userId, environment } = found
      const same = [...rows.values()].filter((each) => each.userId === userId)
      return { body: { userId, environment, verifications: same, events: [], isCut: false } }
    }
    if (found) return { body: makeDetail(found, { ...detail, ...(timeline ? { timeline } : {}) }) }
    return { status: 404, body: { error: 'not_found' } }
  })
  const feed = createTestFeed({ counts: countAll(verifications) })
  const element = await fixture<VerificationsView>(
    html`<sv-verifications
      .api=${api}
      .feed=${feed}
      .feedState=${feed.state}
      .session=${SESSION}
      .route=${parseRoute(search)}
      @sv-navigate=${(event: NavigateEvent) => (element.route = { ...element.route, ...event.change })}
    ></sv-verifications>`,
  )
  feed.subscribe((state) => (element.feedState = state))
  const list = () => element.renderRoot.querySelector<VerificationList>('sv-verification-list')
  const ids = () =>
    [...(list()?.renderRoot.querySelectorAll<HTMLElement>('[data-id]') ?? [])].map((row) => row.dataset['id'])
  await waitUntil(() => list() !== null || element.renderRoot.querySelector('sv-notice') !== null)
  await list()?.updateComplete
  return { element, feed, asked, bodies, list, ids, rows, server }
}

/** What stands over a list that is paused. */
const note = (element: VerificationsView) => element.renderRoot.querySelector('.held')?.textContent.trim() ?? ''

describe('sv-verifications', () => {
  before(loadTokens)
  afterEach(() => document.documentElement.removeAttribute('data-theme'))

  it('shows each status as icon, word and colour', async () => {
    const { list } = await open(ONE_OF_EACH)
    const badges = [...(list()?.renderRoot.querySelectorAll('.status .badge') ?? [])]
    expect(badges.length).to.equal(STATUSES.length)
    const looks = badges.map((badge) => [
      badge.textContent,
      badge.querySelector('svg')?.innerHTML,
      getComputedStyle(badge).color,
    ])
    for (const [word, shape, colour] of looks) expect([word, shape, colour].every(Boolean)).to.equal(true)
    expect(new Set(looks.map(([word]) => word)).size).to.equal(STATUSES.length)
    expect(new Set(looks.map(([, shape]) => shape)).size).to.equal(STATUSES.length)
  })

  it('moves rows and figures as the feed says', async () => {
    const { element, feed, ids, list } = await open([makeVerification(1)])
    const entered = makeVerification(2, { status: 'approved' })
    feed.tell({ counts: countAll([makeVerification(1), entered]) }, { changed: [entered] })
    await waitUntil(() => ids().length === 2)
    expect(ids()).to.deep.equal(['v00002', 'v00001'])
    expect(readText(element.renderRoot)).to.contain('2 verifications, that is all')
    await waitUntil(() => findDeep(element.renderRoot, '[data-hue=green] .figure')?.textContent === '1', 'the figure')
    feed.tell({}, { removed: ['v00001'] })
    await waitUntil(() => ids().length === 1)
    expect(list()?.items.length).to.equal(1)
  })

  it('filters by a figure, through the address', async () => {
    const { element, bodies, ids } = await open(ONE_OF_EACH)
    findDeep(element.renderRoot, 'button[data-status=declined]')?.click()
    await waitUntil(() => ids().length === 1)
    expect(element.route.statuses).to.deep.equal(['declined'])
    expect(bodies.at(-1)).to.contain('"status":["declined"]')
  })

  it('searches without a word of it in the address, and clears by Escape', async () => {
    const { element, bodies, ids } = await open(ONE_OF_EACH)
    const field = findDeep(element.renderRoot, 'input[type=search]')
    if (!(field instanceof HTMLInputElement)) throw new Error('no search')
    const before = location.href
    field.value = 'user-3'
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true }))
    await waitUntil(() => ids().length === 1)
    expect(bodies.at(-1)).to.contain('"q":"user-3"')
    expect(location.href).to.equal(before)
    expect(JSON.stringify(element.route)).not.to.contain('user-3')
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }))
    await waitUntil(() => ids().length === STATUSES.length)
  })

  it('goes to the search by /', async () => {
    const { element } = await open(ONE_OF_EACH)
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '/', bubbles: true, cancelable: true }))
    const filters = element.renderRoot.querySelector('sv-filters')
    expect(filters?.shadowRoot?.activeElement?.localName).to.equal('input')
  })

  it('holds still while paused and catches up after', async () => {
    const { element, feed, ids } = await open([makeVerification(1)])
    const pause = element.renderRoot.querySelector<HTMLButtonElement>('sv-filters button')
    pause?.click()
    feed.tell({}, { changed: [makeVerification(2), makeVerification(3)] })
    await waitUntil(() => note(element).includes('2 changes waiting'))
    expect(ids()).to.deep.equal(['v00001'])
    pause?.click()
    await waitUntil(() => ids().length === 3)
  })

  it('holds still while paused although it missed so much that it must ask again, and asks after', async () => {
    const { element, feed, ids, rows, asked } = await open([makeVerification(1)])
    const pause = element.renderRoot.querySelector<HTMLButtonElement>('sv-filters button')
    pause?.click()
    const before = asked.length
    for (const place of [5, 6]) rows.set(makeVerification(place).id, makeVerification(place))
    feed.tell({}, { fresh: true })
    feed.tell({}, { changed: [makeVerification(6)] })
    await waitUntil(() => note(element) === messages.list.resume(null), 'that something waits')
    expect(ids()).to.deep.equal(['v00001'])
    expect(asked.length).to.equal(before)
    pause?.click()
    await waitUntil(() => ids().length === 3)
    expect(note(element)).to.equal('')
  })

  it('holds still when paused while it asks again', async () => {
    const { element, feed, ids, list, rows } = await open([makeVerification(1)])
    const pause = element.renderRoot.querySelector<HTMLButtonElement>('sv-filters button')
    rows.set('v00005', makeVerification(5))
    feed.tell({}, { fresh: true })
    pause?.click()
    await waitUntil(() => note(element) === messages.list.resume(null), 'that something waits')
    expect(ids()).to.deep.equal(['v00001'])
    expect(list()?.classList.contains('old')).to.equal(false)
    pause?.click()
    await waitUntil(() => ids().length === 2)
  })

  it('asks again when so much was missed that it must', async () => {
    const { feed, ids, rows, asked } = await open([makeVerification(1)])
    const before = asked.length
    rows.set('v00005', makeVerification(5))
    feed.tell({}, { fresh: true })
    await waitUntil(() => ids().length === 2)
    expect(asked.length).to.equal(before + 1)
  })

  it('teaches the first step when there is nothing, and says when nothing fits', async () => {
    expect(readText((await open([])).element.renderRoot)).to.contain(messages.list.empty)
    const none = await open([makeVerification(1)], { search: '?status=declined' })
    expect(readText(none.element.renderRoot)).to.contain(messages.list.none)
  })

  it('opens one with what was said about it, by whom and when; follows it; says when it is gone', async () => {
    const verification = makeVerification(4, { status: 'approved', decidedAt: '2026-01-01T00:03:04.000Z' })
    const timeline: TimelineEntry[] = [
      { at: '2026-01-01T00:00:04.000Z', source: 'server', kind: 'init', status: 'created' },
      { at: '2026-01-01T00:01:00.000Z', source: 'page', kind: 'hint', event: 'completed', status: 'submitted' },
      {
        at: '2026-01-01T00:03:04.000Z',
        source: 'seon',
        kind: 'report',
        event: 'orchestration/workflow_execution_finished',
        status: 'approved',
        deliveryId: 'd-1',
      },
    ]
    const { element, feed, asked, rows } = await open([verification], { search: '?open=v00004', timeline })
    await waitUntil(() => findDeep(element.renderRoot, 'sv-timeline') !== null)
    await waitUntil(() => readText(element.renderRoot).includes('SEON reported'))
    const entries = [...(findDeep(element.renderRoot, 'sv-timeline')?.shadowRoot?.querySelectorAll('.entry') ?? [])]
    expect(entries.map((entry) => entry.querySelector('.dot')?.classList.item(1))).to.deep.equal([
      'init',
      'hint',
      'report',
    ])
    for (const entry of entries) {
      const time = entry.querySelector('sv-time')?.shadowRoot?.querySelector('time')
      expect(time?.tabIndex).to.equal(0)
      expect(time?.textContent).to.match(/2026, \d\d:\d\d:\d\d \(\d\d:\d\d:\d\d UTC\)/)
    }
    expect(readText(element.renderRoot)).to.contain('3 min after it began')
    const before = asked.length
    feed.tell({}, { changed: [{ ...verification, revision: 99 }] })
    await waitUntil(() => asked.length > before)
    expect(asked.at(-1)).to.equal('GET /api/verifications/v00004')
    rows.clear()
    feed.tell({}, { removed: ['v00004'] })
    await waitUntil(() => readText(element.renderRoot).includes(messages.detail.missing))
  })

  it('says of an open one that it could not be refreshed, and asks again until it is', async () => {
    const { element, feed, rows, server } = await open([makeVerification(1)], { search: '?open=v00001' })
    const isOld = () => findDeep(element.renderRoot, 'span.old') !== null
    await waitUntil(() => findDeep(element.renderRoot, 'sv-verification-facts') !== null)
    expect(isOld()).to.equal(false)
    server.isAway = true
    const moved = makeVerification(1, { status: 'approved', revision: 9 })
    rows.set(moved.id, moved)
    feed.tell({}, { changed: [moved] })
    await waitUntil(isOld)
    server.isAway = false
    await waitUntil(() => !isOld(), 'asked again', { timeout: 2 * ASK_AGAIN })
    expect(readText(element.renderRoot)).to.contain(messages.next.approved)
  }).timeout(3 * ASK_AGAIN)

  it('shows the user’s other verifications beside the open one', async () => {
    const [first, second, other] = [makeVerification(1), makeVerification(2), makeVerification(3)]
    const mine = { userId: 'user-mine' }
    const { element, asked } = await open([{ ...first, ...mine }, { ...second, ...mine, status: 'declined' }, other], {
      search: '?open=v00001',
    })
    await waitUntil(
      () => findDeep(element.renderRoot, 'sv-same-user')?.shadowRoot?.querySelector('a') instanceof HTMLElement,
    )
    const links = findDeep(element.renderRoot, 'sv-same-user')?.shadowRoot?.querySelectorAll('a')
    expect([...(links ?? [])].map((link) => [readText(link).includes('Declined'), link.search])).to.deep.equal([
      [true, '?open=v00002'],
      [false, '?view=user&of=v00001'],
    ])
    expect(asked.some((each) => each.includes('user-mine'))).to.equal(false)
  })

  it('leads to SEON’s panel where its address is known, for SEON’s runs alone', async () => {
    const linkOf = async (vendor: Verification['vendor'], panelUrl: string) => {
      const { element } = await open([makeVerification(1, { vendor, vendorId: 'a/b"?{executionId}' })], {
        search: '?open=v00001',
      })
      element.session = { ...SESSION, seonPanelUrl: panelUrl }
      await waitUntil(() => readText(element.renderRoot).includes(messages.detail.sendEvent))
      await element.updateComplete
      return findDeep(element.renderRoot, 'a[target=_blank][rel="noopener noreferrer"].button:not([href="/"])')
    }
    const link = await linkOf('seon', 'https://panel.example.com/runs/{executionId}')
    expect(link?.getAttribute('href')).to.equal('https://panel.example.com/runs/a%2Fb%22%3F%7BexecutionId%7D')
    expect(await linkOf('incode', 'https://panel.example.com/runs/{executionId}')).to.equal(null)
    expect(await linkOf('seon', 'javascript:alert("{executionId}")')).to.equal(null)
  })

  it('shows naughty strings as the text they are, everywhere', async () => {
    document.title = 'untouched'
    await showAllRows()
    const naughty = NAUGHTY.map((text, place) =>
      makeVerification(place, { userId: text, vendorId: `${text} ${place}`, workflow: text }),
    )
    const timeline = NAUGHTY.map(
      (text): TimelineEntry => ({
        at: '2026-01-01T00:00:00.000Z',
        source: 'seon',
        kind: 'unrecognised',
        event: text,
        detail: text,
        deliveryId: text,
      }),
    )
    const checks = NAUGHTY.map((text): Check => ({ group: 'aml', name: text, result: 'review', deliveryId: text }))
    const { element, list } = await open(naughty, {
      search: `?open=${naughty.at(-1)?.id}`,
      timeline,
      detail: { checks, flags: [...NAUGHTY], provenance: { userId: NAUGHTY[0] ?? '', workflow: '<b>x</b>' } },
    })
    await waitUntil(() => readText(element.renderRoot).includes(messages.timeline.unrecognised))
    const rows = list()
    if (!rows) throw new Error('no list')
    await waitUntil(() => rows.renderRoot.querySelectorAll('[data-id]').length === NAUGHTY.length, 'all rows')
    const listed = readText(rows)
    for (const text of NAUGHTY) expect(listed).to.contain(text)
    for (const name of ['sv-timeline', 'sv-verification-facts']) {
      const part = findDeep(element.renderRoot, name)
      const shown = part === null ? '' : readText(part)
      for (const text of NAUGHTY) expect(shown, name).to.contain(text)
    }
    const report = findDeep(element.renderRoot, 'sv-check-report')
    const shown = report === null ? '' : readText(report)
    for (const text of NAUGHTY) expect(shown).to.contain(lookUp(messages.checks.names, text) ?? readFieldName(text))
    expectOnlyText(element.renderRoot)
    expect(document.title).to.equal('untouched')
    await showFewRows()
  }).timeout(30_000)

  for (const theme of ['light', 'dark']) {
    it(`is accessible in ${theme}`, async () => {
      document.documentElement.dataset['theme'] = theme
      const { element } = await open(ONE_OF_EACH, { search: '?open=v00004' })
      await waitUntil(() => findDeep(element.renderRoot, 'sv-timeline') !== null)
      // Half faded in, nothing has its contrast yet.
      const dialog = findDeep(element.renderRoot, 'dialog')
      await Promise.all(dialog?.getAnimations().map(({ finished }) => finished) ?? [])
      await expect(element).to.be.accessible()
    })
  }
})

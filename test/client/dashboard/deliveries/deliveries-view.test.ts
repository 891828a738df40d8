import { expect, fixture, html, waitUntil } from '@open-wc/testing'
import { DeliveriesController, mergeNewest } from '../../../../client/dashboard/deliveries/deliveries-controller.ts'
import type { DeliveriesView } from '../../../../client/dashboard/deliveries/deliveries-view.ts'
import type { Delivery, SessionInfo } from '../../../../server/protocol.ts'
import { DELIVERY_REASONS, OUTCOMES, SOURCES } from '../../../../server/protocol.ts'
import '../../../../client/dashboard/elements.ts'
import '../../../../client/dashboard/deliveries/elements.ts'
import { messages } from '../../../../client/dashboard/messages.ts'
import type { NavigateEvent } from '../../../../client/dashboard/routing/navigate-event.ts'
import { parseRoute } from '../../../../client/dashboard/routing/route.ts'
import { EMPTY_PAGES } from '../../../../client/dashboard/rows/pages.ts'
import type { RowList } from '../../../../client/dashboard/rows/row-list.ts'
import { expectOnlyText, NAUGHTY, showAllRows, showFewRows } from '../../helpers/naughty.ts'
import {
  createTestApi,
  createTestFeed,
  createTestHost,
  findDeep,
  loadTokens,
  readText,
  stopTimers,
} from '../helpers.ts'

const words = messages.deliveries

function makeDelivery(place: number, changes: Partial<Delivery> = {}): Delivery {
  return {
    id: `d${String(place).padStart(4, '0')}`,
    source: 'seon',
    receivedAt: new Date(Date.UTC(2026, 0, 1) + place * 1000).toISOString(),
    outcome: 'accepted',
    bytes: 2048,
    event: 'orchestration/workflow_execution_finished',
    ...changes,
  }
}

const BODY = '{"event":"x","data":{"note":"<b>Ada</b>"}}'

async function open(
  deliveries: readonly Delivery[],
  {
    search = '',
    role = 'admin',
    replay = {},
    failing = false,
  }: { search?: string; role?: SessionInfo['role']; replay?: object; failing?: boolean } = {},
) {
  const posted: unknown[] = []
  const { api, asked } = createTestApi((method, { pathname, searchParams }, body) => {
    if (pathname === '/api/reveals') {
      posted.push(body)
      return failing ? { status: 500, body: {} } : { body: { value: BODY } }
    }
    if (method === 'POST') {
      posted.push(body)
      return { body: { matched: 3, changed: 1, ...replay } }
    }
    const id = pathname.split('/')[3]
    const found = deliveries.find((each) => each.id === id)
    if (found) return { body: { ...found, body: null, hasBody: found.outcome !== 'rejected' } }
    if (id) return { status: 404, body: { error: 'not_found' } }
    const outcome = searchParams.get('outcome')
    return { body: { items: deliveries.filter((each) => !outcome || each.outcome === outcome), next: null } }
  })
  const session: SessionInfo = { operator: 'kim', role, environment: 'sandbox', warnings: [], workflows: [] }
  const element = await fixture<DeliveriesView>(
    html`<sv-deliveries
      .api=${api}
      .feed=${createTestFeed()}
      .session=${session}
      .route=${parseRoute(`?view=deliveries${search}`)}
      @sv-navigate=${(event: NavigateEvent) => (element.route = { ...element.route, ...event.change })}
    ></sv-deliveries>`,
  )
  const shown = (text: string) => waitUntil(() => readText(element.renderRoot).includes(text), `no “${text}”`)
  const button = (text: string) => {
    const found = findAll(element.renderRoot).find((each) => readText(each).trim() === text)
    if (!found) throw new Error(`no button “${text}”`)
    return found
  }
  return { element, asked, posted, shown, button }
}

function findAll(root: ParentNode): HTMLButtonElement[] {
  const below = [...root.querySelectorAll('*')].flatMap((each) => (each.shadowRoot ? findAll(each.shadowRoot) : []))
  return [...root.querySelectorAll('button'), ...below]
}

describe('sv-deliveries', () => {
  before(loadTokens)
  afterEach(() => document.documentElement.removeAttribute('data-theme'))

  it('lists every outcome with its word, and refused ones with why', async () => {
    const { element, shown } = await open([
      ...OUTCOMES.map((outcome, place) => makeDelivery(place, { outcome })),
      makeDelivery(7, { outcome: 'quarantined', reason: 'sig_mismatch' }),
      makeDelivery(8, { outcome: 'dead', reason: 'a_code_without_words' }),
    ])
    await shown('Wrong signature')
    const text = readText(element.renderRoot)
    for (const outcome of OUTCOMES) expect(text).to.contain(words.outcomes[outcome])
    expect(text).to.contain('a_code_without_words')
    expect(text).to.contain('2 kB')
  })

  it('filters through the address', async () => {
    const { element, asked, shown } = await open([makeDelivery(1), makeDelivery(2, { outcome: 'dead' })])
    await shown('2 deliveries, that is all')
    const select = element.renderRoot.querySelector('select')
    if (!select) throw new Error('no filter')
    select.value = 'dead'
    select.dispatchEvent(new Event('change'))
    await shown('1 delivery, that is all')
    expect(element.route.outcome).to.equal('dead')
    expect(asked.at(-1)).to.contain('outcome=dead')
  })

  it('shows a body only when asked, and hides it again', async () => {
    const { element, asked, posted, shown, button } = await open([makeDelivery(1)], { search: '&open=d0001' })
    await shown(words.showBody)
    expect(asked).to.include('GET /api/deliveries/d0001?body=0')
    expect(readText(element.renderRoot)).not.to.contain('Ada')
    expect(posted).to.deep.equal([])
    button(words.showBody).click()
    await shown('<b>Ada</b>')
    expect(posted).to.deep.equal([{ kind: 'body', id: 'd0001' }])
    button(words.hideBody).click()
    await waitUntil(() => !readText(element.renderRoot).includes('Ada'))
  })

  it('shows no body that could not be recorded, and says why', async () => {
    const { element, shown, button } = await open([makeDelivery(1)], { search: '&open=d0001', failing: true })
    await shown(words.showBody)
    button(words.showBody).click()
    await shown(messages.failures.server)
    expect(readText(element.renderRoot)).not.to.contain('Ada')
  })

  it('says when nothing is kept, and when there is no such delivery', async () => {
    const kept = await open([makeDelivery(1, { outcome: 'rejected', reason: 'sig_missing' })], {
      search: '&open=d0001',
    })
    await kept.shown(words.noBody)
    expect(readText(kept.element.renderRoot)).not.to.contain(words.replay.check)
    const gone = await open([], { search: '&open=d0009' })
    await gone.shown(words.missing)
  })

  it('processes one again only after it has shown what would change', async () => {
    const { posted, shown, button } = await open([makeDelivery(1)], { search: '&open=d0001', replay: { failed: 1 } })
    await shown(words.replay.check)
    button(words.replay.check).click()
    await shown('3 deliveries would change 1 verification.')
    await shown('1 delivery could not be processed')
    expect(posted).to.deep.equal([{ ids: ['d0001'], dryRun: true }])
    button(words.replay.confirm).click()
    await shown('3 deliveries processed again; 1 verification changed.')
    expect(posted.at(-1)).to.deep.equal({ ids: ['d0001'], dryRun: false })
  })

  it('processes a range again, with the filters of the list', async () => {
    const { posted, shown, button } = await open([makeDelivery(1)], { search: '&outcome=dead&source=seon' })
    button(words.replay.range).click()
    await shown(words.replay.title)
    button(words.replay.check).click()
    await shown('would change 1 verification')
    const [asked] = posted
    expect(asked).to.include({ outcome: 'dead', source: 'seon', dryRun: true })
  })

  it('processes all that is listed again, many at once', async () => {
    const { element, posted, shown, button } = await open([makeDelivery(3), makeDelivery(2), makeDelivery(1)])
    await shown('3 deliveries, that is all')
    button(words.replay.range).click()
    await shown('The 3 loaded here')
    findDeep(element.renderRoot, 'input[value=listed]')?.click()
    await shown(words.replay.leadListed)
    button(words.replay.check).click()
    await shown('would change 1 verification')
    button(words.replay.confirm).click()
    await shown('processed again')
    const ids = ['d0003', 'd0002', 'd0001']
    expect(posted).to.deep.equal([
      { ids, dryRun: true },
      { ids, dryRun: false },
    ])
  })

  it('says every reason in words, and of forged ones what was looked for and tried', async () => {
    for (const reason of DELIVERY_REASONS) expect(words.reasons[reason]?.long, reason).to.be.a('string')
    for (const source of SOURCES) {
      const { element, shown } = await open([makeDelivery(1, { outcome: 'rejected', reason: 'sig_missing', source })], {
        search: '&open=d0001',
      })
      await shown(words.proofs[source].header)
      await shown(words.proofs[source].secret)
      await shown('2,048 bytes')
      findDeep(element.renderRoot, 'dialog[open]')?.dispatchEvent(new Event('close'))
    }
  })

  it('offers a viewer nothing that changes or reveals things, and says why', async () => {
    const { element, shown } = await open([makeDelivery(1)], { search: '&open=d0001', role: 'viewer' })
    await shown(messages.app.adminsOnly)
    expect(readText(element.renderRoot)).not.to.contain(words.showBody)
    expect(readText(element.renderRoot)).not.to.contain(words.replay.range)
    expect(readText(element.renderRoot)).not.to.contain(words.replay.check)
  })

  it('shows naughty strings as the text they are', async () => {
    await showAllRows()
    const { element, shown } = await open(
      NAUGHTY.map((text, place) =>
        makeDelivery(place, { event: text, reason: text, verificationId: text, duplicateOf: text }),
      ),
      { search: '&open=d0000' },
    )
    await shown(words.showBody)
    await shown(NAUGHTY.at(-1) ?? '')
    const text = readText(element.renderRoot)
    for (const each of NAUGHTY) expect(text).to.contain(each)
    expectOnlyText(element.renderRoot)
    await showFewRows()
  }).timeout(30_000)

  for (const theme of ['light', 'dark']) {
    it(`is accessible in ${theme}`, async () => {
      document.documentElement.dataset['theme'] = theme
      const { element, shown } = await open(
        OUTCOMES.map((outcome, place) => makeDelivery(place, { outcome })),
        { search: '&open=d0000' },
      )
      await shown(words.showBody)
      const dialog = findDeep(element.renderRoot, 'sv-panel')?.shadowRoot?.querySelector('dialog')
      await Promise.all(dialog?.getAnimations().map(({ finished }) => finished) ?? [])
      await expect(element).to.be.accessible()
    })
  }

  it('keeps its keyboard: j moves, Enter opens', async () => {
    const { element, shown } = await open([makeDelivery(2), makeDelivery(1)])
    await shown('2 deliveries, that is all')
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true, cancelable: true }))
    const list = element.renderRoot.querySelector<RowList<Delivery>>('sv-delivery-list')
    await list?.updateComplete
    const grid = list?.renderRoot.querySelector('[role=grid]')
    grid?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true, cancelable: true }))
    expect(element.route.open).to.equal('d0002')
  })
})

describe('DeliveriesController', () => {
  it('looks no more once its view is gone, also where it was just looking', async () => {
    const { api } = createTestApi(() => ({ body: { items: [makeDelivery(1)], next: null } }))
    const controller = new DeliveriesController(createTestHost())
    const timers = stopTimers()
    try {
      controller.follow(api, createTestFeed())
      await controller.ask({ outcome: null, source: null })
      expect(timers.due.size).to.equal(1)
      const looking = controller.look()
      controller.hostDisconnected()
      await looking
      expect(timers.due.size).to.equal(0)
    } finally {
      timers.restore()
    }
  })
})

describe('DeliveriesController of a list that is open all day', () => {
  const PAGE = 100
  let newest = PAGE
  const { api } = createTestApi((_method, { searchParams }) => {
    const from = Number(searchParams.get('cursor') ?? newest)
    const items = Array.from({ length: PAGE }, (_, place) => makeDelivery(from - place))
    return { body: { items, next: String(from - PAGE) } }
  })

  it('lets rows go that nobody looks at, and brings them back', async () => {
    const controller = new DeliveriesController(createTestHost())
    controller.follow(api, createTestFeed())
    await controller.ask({ outcome: null, source: null })
    for (let look = 0; look < 20; look++) {
      newest += PAGE / 2
      await controller.look()
    }
    const held = controller.pages.items
    expect(held.length).to.be.greaterThan(1000)
    controller.trim(PAGE + 1)
    expect(controller.pages.items).to.equal(held)
    controller.trim(PAGE)
    expect(controller.pages.items.length).to.equal(PAGE)
    await controller.askMore()
    expect(controller.pages.items.map(({ id }) => id)).to.deep.equal(held.slice(0, 2 * PAGE).map(({ id }) => id))
    controller.hostDisconnected()
  })
})

describe('mergeNewest', () => {
  const held = {
    ...EMPTY_PAGES,
    phase: 'ready' as const,
    items: [3, 2, 1].map((each) => makeDelivery(each)),
    next: null,
  }
  const ids = (pages: { items: readonly Delivery[] }) => pages.items.map((each) => each.id)

  it('puts new ones before what is held, and takes what changed', () => {
    const page = { items: [makeDelivery(4), makeDelivery(3), makeDelivery(2, { outcome: 'dead' })], next: 'more' }
    const merged = mergeNewest(held, page)
    expect(ids(merged)).to.deep.equal(['d0004', 'd0003', 'd0002', 'd0001'])
    expect(merged.items[2]?.outcome).to.equal('dead')
    expect(merged.next).to.equal(null)
  })

  it('keeps only the newest page where anything between may be missing', () => {
    const merged = mergeNewest(held, { items: [makeDelivery(9), makeDelivery(8)], next: 'more' })
    expect(ids(merged)).to.deep.equal(['d0009', 'd0008'])
    expect(merged.next).to.deep.equal({ cursor: 'more' })
  })
})

import { expect, fixture, html, waitUntil } from '@open-wc/testing'
import type { UserView } from '../../../../client/dashboard/users/user-view.ts'
import type { SessionInfo, UserEvent, UserPage } from '../../../../server/protocol.ts'
import '../../../../client/dashboard/elements.ts'
import '../../../../client/dashboard/users/elements.ts'
import { messages } from '../../../../client/dashboard/messages.ts'
import { parseRoute } from '../../../../client/dashboard/routing/route.ts'
import { expectOnlyText, NAUGHTY } from '../../helpers/naughty.ts'
import { createTestApi, createTestFeed, loadTokens, makeVerification, readText } from '../helpers.ts'

const words = messages.user
const SESSION: SessionInfo = { operator: 'kim', role: 'admin', environment: 'sandbox', warnings: [], workflows: [] }

function makeEvent(place: number, changes: Partial<UserEvent> = {}): UserEvent {
  return {
    id: `e${place}`,
    at: new Date(Date.UTC(2026, 0, 1) + place * 1000).toISOString(),
    kind: 'transaction',
    source: 'seon-fraud',
    event: 'transaction:status_update',
    flags: [],
    ...changes,
  }
}

const PAGE: UserPage = {
  // As the server masks it.
  userId: 'a•••@e•••',
  environment: 'sandbox',
  verifications: [makeVerification(5, { status: 'approved' }), makeVerification(1, { status: 'declined' })],
  events: [
    makeEvent(6, { kind: 'aml', event: 'aml:person_updates', detail: 'REOPENED: pep', flags: ['aml_reopened'] }),
    makeEvent(4, { kind: 'list', event: 'lists:customlist', detail: 'user_id: vip_list' }),
    makeEvent(3, { detail: 'DECLINE', transactionId: 'tx-1', deliveryId: 'd-1', verificationId: 'v00001' }),
  ],
  isCut: false,
}

async function open({ page = PAGE, search = '&of=v00005', status = 200 } = {}) {
  const answer = { page, status }
  const { api, asked } = createTestApi((method) => {
    if (method === 'POST') return { body: { value: 'ada@example.com' } }
    return answer.status === 200 ? { body: answer.page } : { status: answer.status, body: { error: 'not_found' } }
  })
  const feed = createTestFeed()
  const element = await fixture<UserView>(
    html`<sv-user
      .api=${api}
      .feed=${feed}
      .session=${SESSION}
      .route=${parseRoute(`?view=user${search}`)}
    ></sv-user>`,
  )
  const shown = (text: string) => waitUntil(() => readText(element.renderRoot).includes(text), `no “${text}”`)
  const titles = () => [...element.renderRoot.querySelectorAll('.entry .title')].map((each) => readText(each).trim())
  const press = (word: string) =>
    [...element.renderRoot.querySelectorAll('button')].find((each) => each.innerText.startsWith(word))?.click()
  return { element, asked, feed, answer, shown, titles, press }
}

describe('sv-user', () => {
  before(loadTokens)
  afterEach(() => document.documentElement.removeAttribute('data-theme'))

  it('merges verifications, transactions, list entries and alerts, newest first', async () => {
    const { asked, shown, titles, element } = await open()
    await shown(words.events.aml)
    const heads = titles().map((each) => each.split(/\s{2,}|\n/)[0])
    expect(heads.map((each) => each?.replace(/→.*$/, '').trim())).to.deep.equal([
      'AML alertREOPENED: pep',
      'SEON verification',
      'List entryuser_id: vip_list',
      'TransactionDECLINE',
      'SEON verification',
    ])
    const text = readText(element.renderRoot)
    expect(text).to.contain('AML monitoring opened a match')
    expect(text).to.contain('a•••@e•••').and.not.to.contain('ada@example.com')
    expect(asked).to.deep.equal(['GET /api/verifications/v00005/user'])
    const hrefs = [...element.renderRoot.querySelectorAll('.more a')].map((each) => each.getAttribute('href'))
    expect(hrefs).to.deep.equal(['?open=v00001', '?view=deliveries&open=d-1'])
  })

  it('shows one kind alone, and says where a kind comes from that is not there', async () => {
    const { shown, titles, press } = await open({ page: { ...PAGE, events: [] } })
    await shown(words.kinds.aml)
    press(words.kinds.verification)
    await waitUntil(() => titles().length === 2)
    press(words.kinds.aml)
    await shown('')
    await waitUntil(() => titles().length === 0)
  })

  it('reveals the id only when asked', async () => {
    const { element, asked, shown } = await open()
    await shown('a•••@e•••')
    element.renderRoot.querySelector('sv-user-id')?.shadowRoot?.querySelector('button')?.click()
    await shown('ada@example.com')
    expect(asked.at(-1)).to.equal('POST /api/reveals')
  })

  it('follows what happens to the user, and only that', async () => {
    const { asked, feed, answer, shown } = await open()
    await shown(words.events.aml)
    feed.tell({}, { changed: [makeVerification(99, { userId: 'somebody-else' })] })
    expect(asked.length).to.equal(1)
    answer.page = { ...PAGE, events: [makeEvent(9, { kind: 'list', detail: 'user_id: blacklist' }), ...PAGE.events] }
    feed.tell({}, { changed: [makeVerification(5)] })
    await shown('user_id: blacklist')
    expect(asked.length).to.equal(2)
  })

  it('says how the user stands in each workflow, and when anything was last heard', async () => {
    const runs = [
      makeVerification(3, { workflow: 'business', status: 'created', updatedAt: '2026-02-03T00:00:00.000Z' }),
      makeVerification(2, { workflow: 'default', status: 'abandoned' }),
      makeVerification(1, { workflow: 'default', status: 'approved', updatedAt: '2026-03-01T00:00:00.000Z' }),
    ]
    const { element, shown } = await open({ page: { ...PAGE, events: [], verifications: runs } })
    await shown(words.standing)
    const standings = [...element.renderRoot.querySelectorAll('.standing')].map((each) => readText(each).trim())
    expect(standings).to.deep.equal(['Createdbusiness', 'Approveddefault'])
    const times = [...element.renderRoot.querySelectorAll('.who sv-time')].map((each) => Reflect.get(each, 'datetime'))
    expect(times[0]).to.equal('2026-03-01T00:00:00.000Z')
  })

  it('says when there is nobody, more than fits, or no way to know', async () => {
    const missing = await open({ status: 404 })
    await missing.shown(words.toList)
    const nobody = await open({ search: '' })
    await nobody.shown(words.toList)
    expect(nobody.asked).to.deep.equal([])
    const failed = await open({ status: 500 })
    await failed.shown(messages.rows.retry)
    failed.answer.status = 200
    failed.press(messages.rows.retry)
    await failed.shown(words.events.aml)
    const cut = await open({ page: { ...PAGE, isCut: true } })
    await cut.shown(words.cut)
  })

  it('shows naughty strings as the text they are', async () => {
    const events = NAUGHTY.map((text, place) =>
      makeEvent(place, { event: text, detail: text, transactionId: text, deliveryId: text, flags: [text] }),
    )
    const verifications = NAUGHTY.map((text, place) =>
      makeVerification(place, { userId: NAUGHTY[0] ?? '', workflow: text, vendorId: text }),
    )
    const { element, shown } = await open({ page: { ...PAGE, userId: '\u202Eturned', events, verifications } })
    await shown('\u202Eturned')
    const text = readText(element.renderRoot)
    for (const each of NAUGHTY) expect(text).to.contain(each)
    expectOnlyText(element.renderRoot)
  }).timeout(30_000)

  for (const theme of ['light', 'dark']) {
    it(`is accessible in ${theme}`, async () => {
      document.documentElement.dataset['theme'] = theme
      const { element, shown } = await open()
      await shown(words.events.aml)
      await expect(element).to.be.accessible()
    })
  }
})

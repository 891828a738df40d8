import { expect, fixture, html, waitUntil } from '@open-wc/testing'
import type { OperatorsView } from '../../../../client/dashboard/operators/operators-view.ts'
import type { SessionList } from '../../../../client/dashboard/operators/session-list.ts'
import type { AuditEntry, OperatorSession, SessionInfo } from '../../../../server/protocol.ts'
import { AUDIT_ACTIONS } from '../../../../server/protocol.ts'
import '../../../../client/dashboard/elements.ts'
import '../../../../client/dashboard/operators/elements.ts'
import { messages } from '../../../../client/dashboard/messages.ts'
import { expectOnlyText, NAUGHTY, showAllRows, showFewRows } from '../../helpers/naughty.ts'
import { createTestApi, loadTokens, readText } from '../helpers.ts'

const words = messages.operators
const AT = '2026-01-01T12:00:00.000Z'

const makeSession = (id: string, changes: Partial<OperatorSession> = {}): OperatorSession => ({
  id,
  operator: `${id}@example.com`,
  role: 'viewer',
  device: 'Firefox, Linux',
  since: AT,
  lastSeen: AT,
  expiresAt: AT,
  current: false,
  ...changes,
})
const makeEntry = (place: number, changes: Partial<AuditEntry> = {}): AuditEntry => ({
  id: `a${place}`,
  at: AT,
  operator: 'ada@example.com',
  action: 'signed_in',
  subject: null,
  detail: {},
  ...changes,
})

async function open({
  role = 'admin',
  sessions = [makeSession('ada', { current: true, role: 'admin' }), makeSession('ben')],
  entries = [makeEntry(1)],
  failing = false,
}: {
  role?: SessionInfo['role']
  sessions?: OperatorSession[]
  entries?: AuditEntry[]
  failing?: boolean
} = {}) {
  let left = sessions
  const { api, asked } = createTestApi((method, { pathname, searchParams }) => {
    if (failing) return { status: 500, body: {} }
    if (method === 'DELETE') {
      const before = left.length
      left = left.filter((each) => !pathname.endsWith(`/${each.id}`))
      return left.length < before ? { status: 204 } : { status: 404, body: {} }
    }
    if (pathname === '/api/sessions') return { body: { items: [...left] } }
    if (searchParams.get('cursor'))
      return { body: { items: [makeEntry(99, { operator: 'older@example.com' })], next: null } }
    const action = searchParams.get('action')
    return { body: { items: entries.filter((each) => !action || each.action === action), next: 'more' } }
  })
  const session: SessionInfo = { operator: 'ada', role, environment: 'sandbox', warnings: [], workflows: [] }
  const element = await fixture<OperatorsView>(html`<sv-operators .api=${api} .session=${session}></sv-operators>`)
  const shown = (text: string) => waitUntil(() => readText(element.renderRoot).includes(text), `no “${text}”`)
  const buttons = () => findAll(element.renderRoot)
  const button = (text: string) => {
    const found = buttons().find((each) => readText(each).trim() === text)
    if (!found) throw new Error(`no button “${text}”`)
    return found
  }
  return { element, asked, shown, buttons, button }
}

function findAll(root: ParentNode): HTMLButtonElement[] {
  const below = [...root.querySelectorAll('*')].flatMap((each) => (each.shadowRoot ? findAll(each.shadowRoot) : []))
  return [...root.querySelectorAll('button'), ...below]
}

describe('sv-operators', () => {
  before(loadTokens)

  it('shows who is signed in, and offers to end every session but this one', async () => {
    const { element, shown, buttons } = await open()
    await shown('ben@example.com')
    await shown(words.current)
    expect(buttons().filter((each) => readText(each).trim() === words.end)).to.have.length(1)
    expect(readText(element.renderRoot)).to.contain(words.roles.viewer)
  })

  it('ends a session only once that is confirmed, says so, and shows what was done', async () => {
    const { asked, shown, button, buttons } = await open()
    await shown('ben@example.com')
    button(words.end).click()
    await shown(words.sure)
    button(words.keep).click()
    await waitUntil(() => buttons().some((each) => readText(each).trim() === words.end))
    button(words.end).click()
    await shown(words.sure)
    expect(asked.some((each) => each.startsWith('DELETE'))).to.equal(false)
    const looks = asked.filter((each) => each.startsWith('GET /api/audit')).length
    button(words.sure).click()
    await shown(words.ended)
    expect(asked).to.include('DELETE /api/sessions/ben')
    await waitUntil(() => asked.filter((each) => each.startsWith('GET /api/audit')).length > looks)
  })

  it('keeps the question and its focus where they are while others sign in', async () => {
    const sessions = [makeSession('ada', { current: true }), makeSession('ben')]
    const { element, shown, button } = await open({ sessions })
    await shown('ben@example.com')
    button(words.end).click()
    await shown(words.sure)
    const sure = button(words.sure)
    await waitUntil(() => sure.matches(':focus'))
    sessions.unshift(makeSession('carl'))
    await element.renderRoot.querySelector<SessionList>('sv-session-list')?.look()
    await shown('carl@example.com')
    expect(button(words.sure)).to.equal(sure)
    expect(sure.matches(':focus')).to.equal(true)
  })

  it('tells what each operator did, about what, in words', async () => {
    const { element, shown } = await open({
      entries: [
        ...AUDIT_ACTIONS.map((action, place) => makeEntry(place, { action })),
        makeEntry(20, { detail: { way: 'openid', role: 'viewer' } }),
        makeEntry(21, { action: 'replayed', detail: { deliveries: 3 } }),
        makeEntry(22, { action: 'replayed', detail: { from: AT, to: AT, outcome: 'dead' } }),
        makeEntry(25, {
          action: 'exported',
          detail: { format: 'csv', whole: true, rows: 1200, from: AT, searched: true },
        }),
        makeEntry(23, { action: 'sign_in_refused', operator: null, detail: { way: 'token', times: 1200 } }),
        makeEntry(26, { action: 'export_stopped', detail: { why: 'session_ended', rows: 500 } }),
        makeEntry(24, { action: 'user_revealed', subject: 'ver_1' }),
      ],
    })
    await shown(words.nobody)
    const text = readText(element.renderRoot)
    for (const action of AUDIT_ACTIONS) expect(text).to.contain(words.actions[action])
    expect(text).to.contain('through the organisation · Viewer')
    expect(text).to.contain('until now · csv · with whole user ids · 1,200 rows · what was searched for')
    expect(text).to.contain('as the session ended · 500 rows')
    expect(text).to.contain('3 deliveries')
    expect(text).to.contain('with a wrong admin token · 1,200 times within an hour')
    expect(text).to.contain('dead')
    expect(text).to.contain('ver_1')
  })

  it('shows more of it, and only one kind, on demand', async () => {
    const { element, shown, button } = await open({
      entries: [makeEntry(1), makeEntry(2, { action: 'exported', operator: 'eve@example.com' })],
    })
    await shown('eve@example.com')
    button(words.more).click()
    await shown('older@example.com')
    const list = element.renderRoot.querySelector('sv-audit-list')
    const select = list?.shadowRoot?.querySelector('select')
    if (!select) throw new Error('no filter')
    select.value = 'exported'
    select.dispatchEvent(new Event('change'))
    await waitUntil(() => !readText(element.renderRoot).includes('older@example.com'))
    await shown('eve@example.com')
  })

  it('shows viewers their own sessions, and why nothing more', async () => {
    const { element, asked, shown } = await open({ role: 'viewer', sessions: [makeSession('ben', { current: true })] })
    await shown(words.ownSessions)
    await shown(words.auditAdmins)
    expect(asked).to.deep.equal(['GET /api/sessions'])
    expect(readText(element.renderRoot)).to.contain(words.rolesMean.viewer)
  })

  it('says when it cannot be loaded', async () => {
    const { shown } = await open({ failing: true })
    await shown(messages.failures.server)
  })

  it('shows naughty strings as the text they are', async () => {
    await showAllRows()
    const { element, shown } = await open({
      sessions: NAUGHTY.map((text, place) => makeSession(`s${place}`, { operator: text, device: text })),
      entries: NAUGHTY.map((text, place) => makeEntry(place, { operator: text, subject: text, detail: { of: text } })),
    })
    await shown(NAUGHTY.at(-1) ?? '')
    const text = readText(element.renderRoot)
    for (const each of NAUGHTY) expect(text).to.contain(each)
    expectOnlyText(element.renderRoot)
    await showFewRows()
  }).timeout(30_000)

  for (const theme of ['light', 'dark'] as const) {
    it(`is accessible in ${theme}`, async () => {
      document.documentElement.dataset['theme'] = theme
      const { element, shown } = await open({ entries: [makeEntry(1, { action: 'replayed', subject: 'd1' })] })
      await shown('ben@example.com')
      await shown('d1')
      await expect(element).to.be.accessible()
      document.documentElement.removeAttribute('data-theme')
    })
  }
})

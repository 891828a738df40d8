import { expect, fixture, html, waitUntil } from '@open-wc/testing'
import { DashboardApp } from '../../../client/dashboard/dashboard-app.ts'
import { NO_COUNTS, type SessionInfo } from '../../../server/protocol.ts'
import '../../../client/dashboard/elements.ts'
import { messages } from '../../../client/dashboard/messages.ts'
import {
  createTestApi,
  createTestFeed,
  findDeep,
  loadTokens,
  makeDetail,
  makeVerification,
  readText,
} from './helpers.ts'

customElements.define('sv-dashboard', DashboardApp)

const SESSION: SessionInfo = {
  operator: 'kim',
  role: 'admin',
  environment: 'sandbox',
  warnings: ['unsigned_users', 'x_y'],
  workflows: [],
}
const ROW = makeVerification(1)

async function open({ isSignedIn = true, session = SESSION, search = '' } = {}) {
  history.replaceState(null, '', `${location.pathname}${search}`)
  const server = { isSignedIn }
  const { api } = createTestApi((method, { pathname }) => {
    if (pathname === '/api/session' && method === 'POST') server.isSignedIn = true
    if (pathname === '/api/session' && method === 'DELETE') server.isSignedIn = false
    if (pathname === '/api/session' && method !== 'GET') return { status: 204 }
    if (!server.isSignedIn) return { status: 401, body: { error: 'unauthorized' } }
    if (pathname === '/api/session') return { body: session }
    if (pathname === `/api/verifications/${ROW.id}`) return { body: makeDetail(ROW) }
    return { body: { items: pathname === '/api/verifications/search' ? [ROW] : [], next: null } }
  })
  const feed = createTestFeed()
  DashboardApp.deps = { api, openFeed: () => feed }
  const element = await fixture<DashboardApp>(html`<sv-dashboard></sv-dashboard>`)
  const shown = (text: string) => waitUntil(() => readText(element).includes(text), `no “${text}”`)
  return { element, feed, server, shown }
}

describe('sv-dashboard', () => {
  const address = `${location.pathname}${location.search}`
  before(loadTokens)
  afterEach(() => history.replaceState(null, '', address))

  it('asks for the token, lets in, and shows where one is', async () => {
    const { element, shown } = await open({ isSignedIn: false })
    await shown(messages.signIn.title)
    const field = findDeep(element, '#token')
    if (!(field instanceof HTMLInputElement)) throw new Error('no field')
    field.value = 'an invented token'
    field.form?.requestSubmit()
    await shown(messages.app.environments.sandbox)
    await shown(messages.warnings.label(2))
    expect(readText(element)).to.contain('User ids are accepted without a signature').and.to.contain('x_y')
  })

  it('forgets everything on the screen when the session ends elsewhere', async () => {
    const { element, feed, shown } = await open()
    await shown('user-1')
    feed.tell({ connection: 'refused' })
    await shown(messages.signIn.ended)
    expect(readText(element)).not.to.contain('user-1')
  })

  it('goes between views by links and by the browser’s back', async () => {
    const { element, shown } = await open()
    await shown('user-1')
    findDeep(element, 'nav a[href="?view=deliveries"]')?.click()
    await shown(messages.deliveries.empty)
    expect(location.search).to.equal('?view=deliveries')
    expect(document.title).to.contain(messages.deliveries.title)
    history.back()
    await shown('user-1')
    expect(location.search).to.equal('')
  })

  it('opens what the address says', async () => {
    const { shown } = await open({ search: `?open=${ROW.id}` })
    await shown(messages.timeline.init)
  })

  it('chooses the theme and remembers it', async () => {
    const { element, shown } = await open()
    await shown('user-1')
    const dark = [...(findDeep(element, 'sv-settings')?.shadowRoot?.querySelectorAll('button') ?? [])].find((each) =>
      readText(each).includes(messages.account.themes.dark),
    )
    dark?.click()
    expect(document.documentElement.dataset['theme']).to.equal('dark')
    expect(localStorage.getItem('seon-verify-dashboard')).to.contain('dark')
    localStorage.removeItem('seon-verify-dashboard')
    document.documentElement.removeAttribute('data-theme')
  })

  it('shows the newest figures, however fast they move, and at once how current they are', async () => {
    const { element, feed, shown } = await open()
    await shown('user-1')
    const figure = () => findDeep(element, '[data-hue=green] .figure')?.textContent?.trim()
    for (let count = 1; count <= 40; count += 1) feed.tell({ counts: { ...NO_COUNTS, approved: count } })
    feed.tell({ connection: 'reconnecting' })
    await element.updateComplete
    expect(element.feedState.connection).to.equal('reconnecting')
    feed.tell({ connection: 'live', counts: { ...NO_COUNTS, approved: 41 } })
    feed.tell({ counts: { ...NO_COUNTS, approved: 42 } })
    await waitUntil(() => figure() === '42', 'the last figure')
    feed.tell({ counts: { ...NO_COUNTS, approved: 43 } })
    feed.tell({ connection: 'refused' })
    await shown(messages.signIn.ended)
    expect(element.feedState.counts, 'nothing comes after the session').to.equal(null)
  })

  it('says what moved in one sentence, not in every row', async () => {
    const { element, feed, shown } = await open()
    await shown('user-1')
    feed.tell(
      {},
      { changed: [makeVerification(2, { status: 'approved' }), makeVerification(3, { status: 'approved' })] },
    )
    feed.tell({}, { changed: [makeVerification(4, { status: 'declined' })] })
    const voice = findDeep(element, 'sv-announcer')?.shadowRoot?.querySelector('[role=status]')
    expect(voice?.textContent).to.equal('')
    await waitUntil(() => voice?.textContent !== '', 'nothing said', { timeout: 8000 })
    expect(voice?.textContent).to.equal('3 verifications changed: 2 approved, 1 declined')
  })

  for (const isSignedIn of [true, false]) {
    it(`is accessible, signed ${isSignedIn ? 'in' : 'out'}`, async () => {
      const { element, shown } = await open({ isSignedIn })
      await shown(isSignedIn ? 'user-1' : messages.signIn.title)
      await expect(element).to.be.accessible()
    })
  }
})

import { expect } from '@open-wc/testing'
import { keepStatusToken } from '../../../../client/widget/standing/status-token-store.ts'
import { readRequests, serverUrl, setStatus, signToken, until, whenLoaded } from '../../helpers/fake.ts'
import { type Mounted, mount, newUser } from '../../helpers/mount.ts'

const asked = async (userId: string) =>
  (await readRequests('/verify/api/resume')).filter(({ headers, body }) =>
    JSON.stringify([headers['authorization'], body]).includes(userId),
  )
const mountWithToken = (userId: string, attributes = {}) =>
  mount(userId, { 'user-token': `token of ${userId}`, ...attributes })
const offersStart = ({ element }: Mounted) =>
  [...(element.shadowRoot?.querySelectorAll('button') ?? [])].some((button) => /Verify|Start/.test(button.innerText))

describe('<seon-verify> for somebody who comes back', () => {
  it('asks with the user token before it offers to start', async () => {
    const userId = newUser()
    await setStatus(userId, 'approved', 3)
    const mounted = await mountWithToken(userId, { workflow: 'kyc' })
    await until(() => mounted.text().includes('Your identity is confirmed'), 'the words')
    expect(mounted.heard).to.deep.equal([['status', { status: 'approved' }]])
    expect(offersStart(mounted)).to.equal(false)
    const [request, ...others] = await asked(userId)
    expect(others).to.deep.equal([])
    expect(request?.body).to.deep.equal({ userId, workflow: 'kyc' })
    await setStatus(userId, 'review', 4)
    await until(() => mounted.element.status === 'review', 'what comes later is followed')
  })

  it('offers to start to whoever is new, or may try again', async () => {
    const fresh = await mountWithToken(newUser())
    await until(() => offersStart(fresh), 'the button')
    const userId = newUser()
    await setStatus(userId, 'declined', 3)
    const declined = await mountWithToken(userId)
    await until(() => declined.text().includes('Start again'), 'another try')
  })

  it('offers nothing to whom the server would refuse', async () => {
    const userId = newUser()
    await setStatus(userId, 'submitted', 3)
    const mounted = await mountWithToken(userId)
    await until(() => mounted.text().includes('Thank you'), 'the words')
    expect(offersStart(mounted)).to.equal(false)
  })

  it('believes the server rather than what this tab remembers', async () => {
    const userId = newUser()
    const before = newUser()
    await setStatus(userId, 'approved', 5)
    await setStatus(before, 'declined', 2)
    keepStatusToken({ server: serverUrl, userId }, `status ${before}`)
    const mounted = await mountWithToken(userId)
    await until(() => mounted.element.status === 'approved', 'the newest')
  })

  it('asks once, also where the source of tokens comes late and anew with every rendering', async () => {
    const userId = newUser()
    await setStatus(userId, 'approved', 3)
    const { element, hears } = await mount(userId)
    element.getUserToken = () => Promise.resolve(`token of ${userId}`)
    await hears('status')
    element.getUserToken = () => Promise.resolve(`token of ${userId}`)
    await element.updateComplete
    expect(await asked(userId)).to.have.length(1)
  })

  it('offers to start where the server or the page cannot say', async () => {
    const { element, button } = await mount(newUser(), { server: 'http://127.0.0.1:1', 'user-token': 'a' })
    await until(() => element.shadowRoot?.querySelector('button'), 'the button')
    expect(button().innerText).to.include('Verify')
    const other = await mount(newUser())
    other.element.getUserToken = () => Promise.reject(new Error('signed out'))
    await until(() => offersStart(other), 'the button')
  })

  it('asks nobody without a token', async () => {
    const userId = newUser()
    await mount(userId)
    expect(await asked(userId)).to.deep.equal([])
  })

  it('starts for whom the token names where the page never calls its users so', async () => {
    const userId = newUser()
    const mounted = await mount('0815', { 'user-token': signToken(userId) })
    await until(() => offersStart(mounted), 'the button')
    const loaded = whenLoaded('plain')
    mounted.element.start()
    await loaded
    const [request] = (await readRequests('/verify/api/init-verification')).filter((seen) => seen.userId === userId)
    expect(request?.body).to.deep.include({ userId: '0815' })
    mounted.element.close()
    await mounted.hears('closed')
  })

  for (const [code, status, words] of [
    ['already_approved', 'approved', 'Your identity is confirmed'],
    ['already_submitted', 'submitted', 'Thank you'],
  ] as const) {
    it(`shows how things stand when a start is refused as ${code}`, async () => {
      const userId = `init-error ${code} 409 ${newUser()}`
      const mounted = await mount(userId)
      await setStatus(userId, status, 3)
      mounted.element.start()
      await mounted.hears('status')
      await until(() => mounted.text().includes(words), 'the words')
      expect(offersStart(mounted)).to.equal(false)
    })
  }
})

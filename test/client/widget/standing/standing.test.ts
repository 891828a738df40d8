import { expect } from '@open-wc/testing'
import { readSubject } from '../../../../client/widget/standing/read-subject.ts'
import { keepStatusToken } from '../../../../client/widget/standing/status-token-store.ts'
import {
  answerLate,
  readRequests,
  say,
  serverUrl,
  setStatus,
  signToken,
  until,
  whenLoaded,
} from '../../helpers/fake.ts'
import { type Mounted, mount, newUser } from '../../helpers/mount.ts'

const stored = (userId: string) => sessionStorage.getItem(`seon-verify ${serverUrl} ${userId}`)
const asked = async (userId: string) =>
  (await readRequests('/verify/api/resume')).filter((request) => request.userId === userId).length
const offersStart = ({ element }: Mounted) =>
  [...(element.shadowRoot?.querySelectorAll('button') ?? [])].some((button) => /Verify|Start/.test(button.innerText))

/** As after a reload, of somebody of whom this tab remembers an approval. */
async function mountApproved(userId = newUser()): Promise<Mounted & { userId: string }> {
  keepStatusToken({ server: serverUrl, userId }, `status ${userId}`)
  await setStatus(userId, 'approved', 3)
  const mounted = await mount(userId, { name: 'proof' })
  await until(() => mounted.element.value, 'a receipt')
  return { ...mounted, userId }
}

/** Of somebody whom the user token alone names. */
const mountByToken = (userToken: string) => mount('', { 'user-token': userToken })

/** As a page that says who is there when it is asked, and not before. */
async function mountBySource(source: { userId: string }): Promise<Mounted> {
  const mounted = await mount('')
  mounted.element.getUserToken = () => Promise.resolve(signToken(source.userId))
  return mounted
}

describe('where a user of <seon-verify> stands', () => {
  afterEach(async () => {
    document.querySelector('seon-verify')?.close()
    await until(() => !document.querySelector('dialog'), 'the dialog is gone')
  })

  describe('is left', () => {
    const changes: [what: string, change: (element: Mounted['element']) => void][] = [
      ['for another user id', (element) => Object.assign(element, { userId: newUser() })],
      ['for none', (element) => element.removeAttribute('user-id')],
      [
        'for the user whom a token names instead',
        (element) => Object.assign(element, { userId: null, userToken: signToken(newUser()) }),
      ],
      ['for another server', (element) => Object.assign(element, { server: `${serverUrl}-elsewhere` })],
    ]
    for (const [what, change] of changes) {
      it(what, async () => {
        const { element, userId } = await mountApproved()
        change(element)
        await element.updateComplete
        expect([element.phase, element.status, element.value, stored(userId)]).to.deep.equal(['idle', null, '', null])
        await setStatus(userId, 'declined', 4)
        const other = newUser()
        await setStatus(other, 'review', 1)
        keepStatusToken({ server: serverUrl, userId: other }, `status ${other}`)
        Object.assign(element, { server: serverUrl, userId: other })
        await until(() => element.status === 'review', 'where the next one stands')
      })
    }

    it('with what was open', async () => {
      const mounted = await mount()
      const loaded = whenLoaded('plain')
      mounted.element.start()
      await loaded
      mounted.element.server = `${serverUrl}-elsewhere`
      await mounted.hears('closed')
      expect(mounted.heard).to.deep.equal([['closed']])
    })

    it('for nobody where the same server is written in another way', async () => {
      const { element, userId } = await mountApproved()
      element.server = `${serverUrl}//`
      await element.updateComplete
      expect([element.status, stored(userId)]).to.deep.equal(['approved', `status ${userId}`])
    })
  })

  describe('by a user id and a token that comes later', () => {
    it('is not where the user stands whom the token before names', async () => {
      const [before, userId] = [newUser(), newUser()]
      await setStatus(before, 'approved', 3)
      await setStatus(userId, 'declined', 3)
      const mounted = await mount(before, { 'user-token': signToken(before) })
      const { element } = mounted
      await until(() => element.status === 'approved', 'the one before')
      element.userId = userId
      await element.updateComplete
      await until(() => offersStart(mounted), 'a start')
      expect([element.status, stored(before), stored(userId)]).to.deep.equal([null, null, null])
      setTimeout(() => Object.assign(element, { userToken: signToken(userId) }), 400)
      await until(() => element.status === 'declined', 'the other')
      expect([stored(userId), await asked(before), await asked(userId)]).to.deep.equal([`status ${userId}`, 1, 1])
    })

    it('is nobody’s where the source of tokens has not noticed', async () => {
      const [before, userId] = [newUser(), newUser()]
      await setStatus(before, 'approved', 3)
      const mounted = await mountBySource({ userId: before })
      const { element } = mounted
      await until(() => element.status === 'approved', 'the one before')
      element.userId = userId
      await element.updateComplete
      await until(() => offersStart(mounted), 'a start')
      expect([element.status, stored(userId), await asked(before)]).to.deep.equal([null, null, 1])
    })

    it('begins for neither before the page has changed both', async () => {
      const begun = async (userId: string) =>
        (await readRequests('/verify/api/init-verification')).filter((request) => request.userId === userId).length
      const [before, userId] = [newUser(), newUser()]
      const mounted = await mount(before, { 'user-token': signToken(before) })
      const { element, heard, hears } = mounted
      await until(() => offersStart(mounted), 'a start')
      for (const change of [{ userId }, { userId: before, userToken: signToken(userId) }]) {
        Object.assign(element, change)
        element.start()
        await hears('closed')
        expect(heard.splice(0)).to.deep.equal([['error', { code: 'user_token_mismatch' }], ['closed']])
        await until(() => mounted.text().includes('changing to another account'), 'the words')
      }
      expect([await begun(before), await begun(userId)]).to.deep.equal([0, 0])
      const loaded = whenLoaded('plain')
      Object.assign(element, { userId })
      element.start()
      await loaded
      expect([await begun(before), await begun(userId)]).to.deep.equal([0, 1])
    })

    it('is asked anew with the next one where nobody answers', async () => {
      const userId = newUser()
      await setStatus(userId, 'declined', 3)
      const other = newUser('no-resume')
      const { element } = await mount(userId, { 'user-token': `token of ${other}` })
      await until(async () => (await asked(other)) === 1, 'the question')
      element.userToken = signToken(userId)
      await until(() => element.status === 'declined', 'the answer')
      expect([await asked(other), await asked(userId)]).to.deep.equal([1, 1])
    })

    it('is found under any name', async () => {
      const userId = newUser('plain Ünal 李')
      await setStatus(userId, 'approved', 3)
      const { element } = await mount(userId, { 'user-token': signToken(userId) })
      await until(() => element.status === 'approved', 'the answer')
    })
  })

  describe('by a number, as frameworks set it', () => {
    const newNumber = () => Math.floor(Math.random() * 1e9)

    it('is the same user as by its text', async () => {
      const { element, userId } = await mountApproved(String(newNumber()))
      Object.assign(element, { userId: Number(userId) })
      await element.updateComplete
      expect([element.status, stored(userId)]).to.deep.equal(['approved', `status ${userId}`])
      Object.assign(element, { userId: newNumber() })
      await element.updateComplete
      expect(element.status, 'another').to.equal(null)
    })

    it('is somebody also where it is 0', async () => {
      await setStatus('0', 'approved', 3)
      const { element } = await mount('')
      Object.assign(element, { userId: 0, userToken: signToken('0') })
      await until(() => element.status === 'approved', 'the answer')
      expect(stored('0')).to.equal('status 0')
      const [request] = (await readRequests('/verify/api/resume')).filter(({ userId }) => userId === '0')
      expect(request?.body).to.deep.equal({ userId: '0' })
    })
  })

  it('is asked of whom the page means where an editor has made its quotes curly', async () => {
    const userId = newUser()
    await setStatus(userId, 'approved', 3)
    const { element } = await mount(`“${userId}”`, { 'user-token': signToken(userId) })
    await until(() => element.status === 'approved', 'the answer')
    const [request] = (await readRequests('/verify/api/resume')).filter((seen) => seen.userId === userId)
    expect([request?.body, stored(userId)]).to.deep.equal([{ userId }, `status ${userId}`])
  })

  describe('by a user token alone', () => {
    it('is found again in this tab', async () => {
      const userId = newUser('plain Ünal')
      const { element } = await mountByToken(signToken(userId))
      await until(async () => (await asked(userId)) === 1, 'the question')
      const loaded = whenLoaded('plain')
      element.start()
      await loaded
      expect(stored(userId)).to.equal(`status ${userId}`)
    })

    it('is left for whom another token names', async () => {
      const [before, userId] = [newUser(), newUser()]
      await setStatus(before, 'approved', 3)
      await setStatus(userId, 'declined', 3)
      const { element } = await mountByToken(signToken(before))
      await until(() => element.status === 'approved', 'the one before')
      element.userToken = signToken(userId)
      await element.updateComplete
      expect([element.phase, element.status]).to.deep.equal(['idle', null])
      await until(() => element.status === 'declined', 'the other')
      element.userToken = null
      await element.updateComplete
      expect(element.status).to.equal(null)
    })

    it('stays with a fresh token for the same user', async () => {
      const userId = newUser()
      await setStatus(userId, 'approved', 3)
      const { element, heard, hears } = await mountByToken(signToken(userId))
      await hears('status')
      element.userToken = signToken(userId)
      await element.updateComplete
      expect([element.status, heard.length, await asked(userId)]).to.deep.equal(['approved', 1, 1])
    })

    it('is nobody’s where the token is none', () => {
      const sub = (claims: unknown) => `e30.${btoa(JSON.stringify(claims))}.signature`
      for (const token of [null, undefined, '', 'a', 'a.b', 'a.b.c', sub(null), sub([]), sub({}), sub({ sub: 7 })]) {
        expect(readSubject(token)).to.equal('')
      }
      expect(readSubject(sub({ sub: 'customer-4711' }))).to.equal('customer-4711')
    })
  })

  describe('after reset()', () => {
    it('is asked anew where another user is here, whom only the next token names', async () => {
      const source = { userId: newUser() }
      await setStatus(source.userId, 'approved', 3)
      const { element } = await mountBySource(source)
      await until(() => element.status === 'approved', 'the one before')
      source.userId = newUser()
      await setStatus(source.userId, 'declined', 3)
      element.reset()
      expect([element.phase, element.status]).to.deep.equal(['idle', null])
      await until(() => element.status === 'declined', 'the other')
    })

    it('is asked anew where another token came in the same breath', async () => {
      const [before, userId] = [newUser(), newUser()]
      await setStatus(before, 'approved', 3)
      await setStatus(userId, 'declined', 3)
      const { element } = await mountByToken(signToken(before))
      await until(() => element.status === 'approved', 'the one before')
      element.userToken = signToken(userId)
      element.reset()
      await until(() => element.status === 'declined', 'the other')
    })

    it('is forgotten where it is the same user, who may want to start afresh', async () => {
      const source = { userId: newUser() }
      await setStatus(source.userId, 'declined', 3)
      const mounted = await mountBySource(source)
      await mounted.hears('status')
      mounted.element.reset()
      await until(() => offersStart(mounted), 'the button')
      expect([mounted.element.status, mounted.heard.length, await asked(source.userId)]).to.deep.equal([null, 1, 1])
    })

    for (const [where, mountUser] of [
      ['the page has a token', ({ userId }: { userId: string }) => mountByToken(signToken(userId))],
      ['the page is asked for one', mountBySource],
    ] as const) {
      it(`is forgotten also where a run was begun before it was told, and ${where}`, async () => {
        const userId = newUser('late-resume')
        const mounted = await mountUser({ userId })
        const { element } = mounted
        await until(async () => (await asked(userId)) === 1, 'the question')
        const loaded = whenLoaded('late-resume')
        element.start()
        say(await loaded, 'completed', 'success')
        await mounted.hears('closed')
        await setStatus(userId, 'declined', 3)
        await until(() => element.status === 'declined', 'what came of it')
        await answerLate(userId)
        element.reset()
        await element.updateComplete
        await until(() => offersStart(mounted), 'the button')
        expect([element.phase, element.status, await asked(userId)]).to.deep.equal(['idle', null, 1])
      })
    }

    it('is asked of nobody who starts at once', async () => {
      const source = { userId: newUser() }
      await setStatus(source.userId, 'declined', 3)
      const { element, hears } = await mountBySource(source)
      await hears('status')
      source.userId = newUser()
      const loaded = whenLoaded('plain')
      element.reset()
      element.start()
      expect(element.phase).to.equal('starting')
      await element.updateComplete
      expect(element.shadowRoot?.querySelector('button')?.innerText, 'it is seen to start').to.include('Starting')
      await loaded
      expect(await asked(source.userId)).to.equal(0)
    })
  })

  describe('where the answer comes late', () => {
    async function mountLate(): Promise<Mounted & { userId: string }> {
      const userId = newUser('late-resume')
      await setStatus(`${userId} before`, 'declined', 3)
      return { ...(await mount(userId, { 'user-token': signToken(userId) })), userId }
    }

    it('is what it says, as long as nothing is newer', async () => {
      const { element, userId } = await mountLate()
      await answerLate(userId)
      await until(() => element.status === 'declined', 'the answer')
    })

    it('is what came of a run that was begun and ended meanwhile', async () => {
      const mounted = await mountLate()
      const { element, userId } = mounted
      await until(async () => (await asked(userId)) === 1, 'the question')
      const loaded = whenLoaded('late-resume')
      element.start()
      say(await loaded, 'completed', 'success')
      await mounted.hears('closed')
      await answerLate(userId)
      expect([element.phase, element.status, stored(userId)]).to.deep.equal(['submitted', null, `status ${userId}`])
    })

    it('is open after a run that was closed before the server had begun it', async () => {
      const mounted = await mountLate()
      const { element, userId } = mounted
      await until(async () => (await asked(userId)) === 1, 'the question')
      element.start()
      element.close()
      await mounted.hears('closed')
      await answerLate(userId)
      expect([element.phase, element.status]).to.deep.equal(['idle', null])
      expect(offersStart(mounted)).to.equal(true)
    })

    it('is nothing of the next user’s', async () => {
      const { element, userId } = await mountLate()
      await until(async () => (await asked(userId)) === 1, 'the question')
      const other = newUser()
      Object.assign(element, { userId: other, userToken: signToken(other) })
      await answerLate(userId)
      expect(element.status).to.equal(null)
    })
  })

  it('offers no start that the server would refuse, also where the status was known before', async () => {
    const userId = newUser('late-resume only-once')
    keepStatusToken({ server: serverUrl, userId }, `status ${userId}`)
    await setStatus(userId, 'declined', 3)
    const mounted = await mount(userId, { 'user-token': signToken(userId) })
    await until(() => offersStart(mounted), 'another try')
    await answerLate(userId)
    await until(() => !offersStart(mounted), 'none')
    expect(mounted.heard).to.deep.equal([['status', { status: 'declined' }]])
  })
})

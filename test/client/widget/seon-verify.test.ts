import { expect } from '@open-wc/testing'
import { keepStatusToken } from '../../../client/widget/standing/status-token-store.ts'
import { readRequests, say, serverUrl, setStatus, until, whenLoaded } from '../helpers/fake.ts'
import { type Mounted, mount, newUser } from '../helpers/mount.ts'

const INIT = '/verify/api/init-verification'
const PROGRESS = '/verify/api/progress'

const bodiesOf = async (path: string, userId: string, key: string) =>
  (await readRequests(path)).filter(({ body, headers }) => JSON.stringify([body, headers[key]]).includes(userId))
const initsOf = (userId: string) => bodiesOf(INIT, userId, 'x-none')
const hintsOf = (userId: string) => bodiesOf(PROGRESS, userId, 'authorization')

const stored = (userId: string) => sessionStorage.getItem(`seon-verify ${serverUrl} ${userId}`)

/** Starts and waits for SEON's page. */
async function openFlow(mounted: Mounted, scenario = 'plain'): Promise<Window> {
  const loaded = whenLoaded(scenario)
  mounted.element.start()
  return loaded
}

describe('<seon-verify>', () => {
  afterEach(async () => {
    document.querySelector('seon-verify')?.close()
    await until(() => !document.querySelector('dialog'), 'the dialog is gone')
  })

  it('goes from the click to the authoritative status', async () => {
    const userId = newUser()
    const mounted = await mount(userId)
    expect(mounted.element.phase).to.equal('idle')
    const loaded = whenLoaded('plain')
    mounted.button().click()
    expect(mounted.element.phase).to.equal('starting')
    const frame = await loaded
    expect(mounted.element.phase).to.equal('open')
    say(frame, 'started')
    say(frame, 'completed', 'success')
    await mounted.hears('closed')
    expect([mounted.element.phase, mounted.element.status]).to.deep.equal(['submitted', null])
    await setStatus(userId, 'approved', 3)
    await mounted.hears('status')
    expect([mounted.element.phase, mounted.element.status]).to.deep.equal(['decided', 'approved'])
    expect(mounted.heard).to.deep.equal([
      ['opened'],
      ['started'],
      ['completed', { status: 'success' }],
      ['closed'],
      ['status', { status: 'approved' }],
    ])
    await until(() => mounted.text().includes('Your identity is confirmed'), 'the words for it')
  })

  it('lets its events out of shadow roots', async () => {
    const outer = document.createElement('div')
    document.body.append(outer)
    const { element, hears } = await mount()
    outer.attachShadow({ mode: 'open' }).append(element)
    const codes: string[] = []
    document.addEventListener('seon-verify-error', ({ detail }) => codes.push(detail.code), { once: true })
    element.userId = 'init-error unavailable 503'
    element.start()
    await hears('closed')
    expect(codes).to.deep.equal(['init_unavailable'])
    outer.remove()
  })

  describe('what it loads', () => {
    it('is nothing of SEON’s SDK before the visitor comes near, and Socket.IO only with a verification', async () => {
      // A page of its own, as the other tests have loaded everything.
      const frame = document.createElement('iframe')
      frame.srcdoc = `<seon-verify user-id="plain"></seon-verify>
        <script type="module" src="${new URL('../../../client/widget/seon-verify.ts', import.meta.url)}"></script>`
      document.body.append(frame)
      const files = (part: string) =>
        frame.contentWindow?.performance.getEntriesByType('resource').filter(({ name }) => name.includes(part)) ?? []
      const button = await until(
        () => frame.contentDocument?.querySelector('seon-verify')?.shadowRoot?.querySelector('button'),
        'the button',
      )
      expect([files('lit').length > 0, files('seon-orchestration').length, files('socket.io').length]).to.deep.equal([
        true,
        0,
        0,
      ])
      button.dispatchEvent(new PointerEvent('pointerenter'))
      await until(() => files('seon-orchestration').length > 0, 'the SDK')
      expect(files('socket.io')).to.have.length(0)
      frame.remove()
    })
  })

  describe('the request for a verification', () => {
    it('carries what the page knows, and a new key for every click', async () => {
      const userId = newUser('init-error')
      const { element, hears, heard } = await mount(`${userId} 400`, {
        email: 'ada@example.com',
        'phone-number': '+1 415',
        workflow: 'kyc',
      })
      element.inputs = { userFullname: 'Ada Example', email: 'overridden@example.com' }
      element.start()
      await hears('closed')
      heard.length = 0
      element.start()
      await hears('closed')
      const [first, second] = await initsOf(userId)
      expect(first?.body).to.deep.equal({
        userFullname: 'Ada Example',
        userId: `${userId} 400`,
        email: 'ada@example.com',
        phoneNumber: '+1 415',
        workflow: 'kyc',
      })
      expect(first?.headers).not.to.have.property('authorization')
      const keys = [first, second].map((request) => request?.headers['idempotency-key'])
      expect(keys[0]).to.match(/^[0-9a-f]{32}$/)
      expect(keys[1]).not.to.equal(keys[0])
    })

    it('carries the user token, a fresh one if there is a source of them', async () => {
      const userId = newUser('init-error')
      const { element, hears, heard } = await mount(`${userId} 400`, { 'user-token': 'from.the.attribute' })
      element.start()
      await hears('closed')
      heard.length = 0
      element.getUserToken = () => Promise.resolve('from.the.source')
      element.start()
      await hears('closed')
      const tokens = (await initsOf(userId)).map(({ headers }) => headers['authorization'])
      expect(tokens).to.deep.equal(['Bearer from.the.attribute', 'Bearer from.the.source'])
    })

    it('carries numbers, which frameworks set as they are', async () => {
      const { element } = await mount()
      const userId = Math.floor(Math.random() * 1e9)
      Object.assign(element, { userId, phoneNumber: 1415 })
      const loaded = whenLoaded(String(userId))
      element.start()
      await loaded
      const [request] = await initsOf(String(userId))
      expect(request?.body).to.deep.equal({ userId: String(userId), phoneNumber: '1415' })
    })

    it('carries no token where the source of them has none', async () => {
      const userId = newUser('init-error')
      const { element, hears } = await mount(`${userId} 400`)
      Object.assign(element, { getUserToken: () => Promise.resolve(null) })
      element.start()
      await hears('closed')
      const [request] = await initsOf(userId)
      expect(request?.headers).not.to.have.property('authorization')
    })

    it('warns the developer once of what the page cannot mean', async () => {
      const warned: unknown[] = []
      const { warn } = console
      console.warn = (text: unknown) => warned.push(text)
      for (let times = 0; times < 2; times += 1) {
        const { element, hears } = await mount('', { mode: 'sideways' })
        element.start()
        await hears('closed')
      }
      console.warn = warn
      const told = (about: string) => warned.filter((text) => String(text).includes(about)).length
      expect([told('no mode "sideways"'), told('set `user-id`')]).to.deep.equal([1, 1])
    })

    it('is not made when the source of tokens fails', async () => {
      const userId = newUser()
      const { element, hears, heard } = await mount(userId)
      element.getUserToken = () => Promise.reject(new Error('signed out'))
      element.start()
      await hears('closed')
      expect(heard).to.deep.equal([['error', { code: 'user_token_missing' }], ['closed']])
      expect(await initsOf(userId)).to.deep.equal([])
    })

    it('is made once for two clicks', async () => {
      const userId = newUser()
      const mounted = await mount(userId)
      mounted.element.start()
      await openFlow(mounted)
      mounted.element.start()
      mounted.element.close()
      await mounted.hears('closed')
      expect(await initsOf(userId)).to.have.length(1)
    })

    it('is not made while the element is disabled', async () => {
      const userId = newUser()
      const { element, button } = await mount(userId, { disabled: '' })
      expect(button().disabled).to.equal(true)
      element.start()
      expect(element.phase).to.equal('idle')
    })
  })

  describe('hints to the server', () => {
    it('go one at a time and in order, with the status token', async () => {
      const userId = newUser()
      const mounted = await mount(userId)
      const frame = await openFlow(mounted)
      say(frame, 'started')
      say(frame, 'completed', 'pending')
      await mounted.hears('closed')
      const hints = await until(async () => {
        const found = await hintsOf(userId)
        return found.length === 4 && found
      }, 'all hints')
      expect(hints.map(({ body }) => body)).to.deep.equal([
        { event: 'opened' },
        { event: 'started' },
        { event: 'completed', detail: 'pending' },
        { event: 'closed' },
      ])
      expect(new Set(hints.map(({ headers }) => headers['authorization']))).to.deep.equal(
        new Set([`Bearer status ${userId}`]),
      )
    })

    it('name what went wrong', async () => {
      const userId = newUser('down')
      const { element, hears } = await mount(userId)
      element.start()
      await hears('closed')
      const hints = await until(async () => {
        const found = await hintsOf(userId)
        return found.length === 2 && found
      }, 'both hints')
      expect(hints.map(({ body }) => body)).to.deep.equal([
        { event: 'error', detail: 'sdk_http_503' },
        { event: 'closed' },
      ])
    })
  })

  describe('after a reload', () => {
    it('finds the verification again and what became of it', async () => {
      const userId = newUser()
      const first = await mount(userId)
      await openFlow(first)
      first.element.remove()
      await first.hears('closed')
      expect(stored(userId)).to.equal(`status ${userId}`)
      const second = await mount(userId)
      expect(second.text(), 'nothing is offered until the server has said how things stand').to.equal('')
      await setStatus(userId, 'review', 2)
      await second.hears('status')
      expect(second.heard).to.deep.equal([['status', { status: 'review' }]])
      expect(second.element.phase).to.equal('decided')
    })

    it('is about nobody else', async () => {
      const userId = newUser()
      keepStatusToken({ server: serverUrl, userId }, `status ${userId}`)
      await setStatus(userId, 'declined', 2)
      const mounted = await mount(userId)
      await mounted.hears('status')
      mounted.element.userId = newUser()
      await mounted.element.updateComplete
      expect([mounted.element.phase, mounted.element.status]).to.deep.equal(['idle', null])
      expect(stored(userId)).to.equal(null)
    })

    it('closes what is open when it becomes somebody else’s', async () => {
      const mounted = await mount()
      await openFlow(mounted)
      mounted.element.userId = newUser()
      await mounted.hears('closed')
      expect(document.querySelector('dialog')).to.equal(null)
    })

    it('forgets a token that the server does not know', async () => {
      const userId = newUser('forgotten')
      keepStatusToken({ server: serverUrl, userId }, `status ${userId}`)
      const { button } = await mount(userId)
      await until(() => stored(userId) === null, 'the token is dropped')
      await until(() => document.querySelector('seon-verify')?.shadowRoot?.querySelector('button'), 'the button')
      expect(button().textContent).to.include('Verify your identity')
    })

    it('keeps nothing without a user id', () => {
      keepStatusToken({ server: serverUrl, userId: '' }, 'status of nobody')
      expect(stored('')).to.equal(null)
    })
  })

  describe('reset()', () => {
    it('starts afresh', async () => {
      const userId = newUser()
      keepStatusToken({ server: serverUrl, userId }, `status ${userId}`)
      await setStatus(userId, 'declined', 2)
      const { element, hears } = await mount(userId)
      await hears('status')
      element.reset()
      await setStatus(userId, 'approved', 3)
      expect([element.phase, element.status]).to.deep.equal(['idle', null])
      expect(sessionStorage.getItem(`seon-verify ${serverUrl} ${userId}`)).to.equal(null)
    })
  })

  describe('start() while a flow is being closed', () => {
    for (const end of ['close', 'reset'] as const) {
      it(`by ${end}() begins once that has told that it is over`, async () => {
        const userId = newUser()
        const mounted = await mount(userId)
        const { element } = mounted
        say(await openFlow(mounted), 'started')
        await mounted.hears('started')
        element[end]()
        const frame = await openFlow(mounted)
        expect(element.phase).to.equal('open')
        expect(document.querySelectorAll('dialog')).to.have.length(1)
        say(frame, 'cancelled')
        await until(() => mounted.heard.filter(([name]) => name === 'closed').length === 2, 'the second is over')
        expect(mounted.heard.map(([name]) => name)).to.deep.equal([
          'opened',
          'started',
          'closed',
          'opened',
          'cancelled',
          'closed',
        ])
        expect(await initsOf(userId)).to.have.length(2)
      })
    }

    it('begins for the next user', async () => {
      const [before, userId] = [newUser(), newUser()]
      const mounted = await mount(before)
      await openFlow(mounted)
      mounted.element.userId = userId
      await openFlow(mounted)
      expect([await initsOf(before), await initsOf(userId)].map(({ length }) => length)).to.deep.equal([1, 1])
    })

    it('begins also where the page has begun and closed another meanwhile', async () => {
      const userId = newUser()
      const mounted = await mount(userId)
      const { element } = mounted
      await openFlow(mounted)
      const loaded = whenLoaded('plain')
      const startTwice = () => {
        element.start()
        element.close()
        element.start()
      }
      element.addEventListener('seon-verify-closed', startTwice, { once: true })
      element.close()
      await until(() => mounted.heard.filter(([name]) => name === 'closed').length === 2, 'both are closed')
      await until(() => element.phase === 'open', 'the last')
      await loaded
    })

    it('can be taken back', async () => {
      const userId = newUser()
      const mounted = await mount(userId)
      await openFlow(mounted)
      mounted.element.reset()
      mounted.element.start()
      mounted.element.close()
      await mounted.hears('closed')
      await until(() => !document.querySelector('dialog'), 'the dialog is gone')
      expect([mounted.element.phase, (await initsOf(userId)).length]).to.deep.equal(['idle', 1])
    })
  })

  describe('close()', () => {
    it('ends what waits for the server', async () => {
      const { element, hears, heard } = await mount(newUser('hang-init'))
      element.start()
      element.close()
      element.close()
      await hears('closed')
      expect(heard).to.deep.equal([['closed']])
      expect(element.phase).to.equal('idle')
    })

    it('ends what waits for SEON', async () => {
      const userId = newUser('hang-regions')
      const { element, hears, heard } = await mount(userId)
      element.start()
      await until(async () => (await readRequests('/seon/hang-regions/regions.json')).length > 0, 'SEON is asked')
      element.close()
      await hears('closed')
      expect(heard).to.deep.equal([['closed']])
    })

    it('ends what waits for the page', async () => {
      const { element, hears, heard } = await mount()
      element.getUserToken = () => new Promise(() => {})
      element.start()
      element.close()
      await hears('closed')
      expect(heard).to.deep.equal([['closed']])
    })

    it('has words for it where a framework has set none of the page’s own', async () => {
      const mounted = await mount()
      Object.assign(mounted.element, { messages: undefined })
      await openFlow(mounted)
      mounted.element.close()
      await mounted.hears('closed')
      await until(() => mounted.text().includes('You have not finished yet'), 'the words for it')
    })

    it('says that nothing was decided when it was open', async () => {
      const mounted = await mount()
      await openFlow(mounted)
      mounted.element.close()
      await mounted.hears('closed')
      await until(() => mounted.text().includes('You have not finished yet'), 'the words for it')
    })
  })

  describe('another element on the page', () => {
    it('waits for its turn', async () => {
      const first = await mount()
      await openFlow(first)
      const other = newUser()
      const second = await mount(other)
      second.element.start()
      await second.hears('closed')
      expect(second.heard).to.deep.equal([['error', { code: 'busy' }], ['closed']])
      expect(await initsOf(other), 'nothing is billed').to.deep.equal([])
      first.element.close()
      await first.hears('closed')
      second.heard.length = 0
      await openFlow(second)
      expect(second.element.phase).to.equal('open')
      second.element.close()
      await second.hears('closed')
    })
  })

  describe('refusals', () => {
    for (const [answer, code] of [
      ['init-error rate_limited 429', 'init_rate_limited'],
      ['init-error invalid 400', 'init_invalid'],
      ['init-error origin_forbidden 403', 'init_origin_forbidden'],
      ['init-error upstream_timeout 504', 'init_upstream_timeout'],
      ['init-error never_heard_of 500', 'init_bad_answer'],
      ['init-garbage', 'init_bad_answer'],
      ['refused', 'sdk_error_code_3'],
    ] as const) {
      it(`${answer} is ${code}, told kindly, and can be tried again`, async () => {
        const { element, hears, heard, button, text } = await mount(answer)
        element.start()
        await hears('closed')
        expect(heard).to.deep.equal([['error', { code }], ['closed']])
        expect(element.phase).to.equal('failed')
        await until(() => text().includes('That did not work'), 'the words for it')
        expect(button().textContent).to.include('Start again')
      })
    }

    it('an unreachable server is `network`', async () => {
      const { element, hears, heard } = await mount(newUser(), { server: 'http://127.0.0.1:1' })
      element.start()
      await hears('closed')
      expect(heard).to.deep.equal([['error', { code: 'network' }], ['closed']])
    })
  })

  describe('leaving the page', () => {
    it('takes the flow along', async () => {
      const mounted = await mount()
      await openFlow(mounted)
      mounted.element.remove()
      await mounted.hears('closed')
      expect(document.querySelector('dialog')).to.equal(null)
    })

    it('is not being moved', async () => {
      const mounted = await mount()
      await openFlow(mounted)
      const elsewhere = document.createElement('section')
      document.body.append(elsewhere)
      elsewhere.append(mounted.element)
      await new Promise((resolve) => setTimeout(resolve))
      expect([mounted.element.phase, mounted.heard]).to.deep.equal(['open', []])
      mounted.element.close()
      await mounted.hears('closed')
      elsewhere.remove()
    })
  })
})

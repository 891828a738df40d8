// What pages do to an element: make it before the script is there, move it, keep it for later.

import { expect } from '@open-wc/testing'
import { keepStatusToken } from '../../../client/widget/standing/status-token-store.ts'
import { readRequests, serverUrl, setStatus, until, whenLoaded } from '../helpers/fake.ts'
import { mount, newUser } from '../helpers/mount.ts'

const script = new URL('../../../client/widget/seon-verify.ts', import.meta.url).href

describe('the life of <seon-verify> on a page', () => {
  it('keeps what was set before the script was there', async () => {
    const frame = document.createElement('iframe')
    frame.srcdoc = '<html lang="en"><seon-verify></seon-verify>'
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }))
    document.body.append(frame)
    await loaded
    const page = frame.contentDocument
    const element = page?.querySelector('seon-verify')
    if (!page || !element) throw new Error('There is no page.')
    const userId = newUser('init-error')
    Object.assign(element, {
      server: serverUrl,
      userId: `${userId} 400`,
      inputs: { userFullname: 'Ada Example' },
      messages: { start: 'Prove who you are' },
      getUserToken: () => Promise.resolve('set.before.upgrade'),
      required: true,
    })
    const module = page.createElement('script')
    module.type = 'module'
    module.src = script
    page.head.append(module)
    const button = await until(() => element.shadowRoot?.querySelector('button'), 'the button')
    expect(button.textContent).to.include('Prove who you are')
    expect(element.required).to.equal(true)
    button.click()
    const [request] = await until(async () => {
      const seen = await readRequests('/verify/api/init-verification')
      const found = seen.filter(({ body }) => JSON.stringify(body).includes(userId))
      return found.length > 0 && found
    }, 'the request')
    expect(request?.body).to.deep.equal({ userFullname: 'Ada Example', userId: `${userId} 400` })
    expect(request?.headers['authorization']).to.equal('Bearer set.before.upgrade')
    frame.remove()
  })

  it('takes its room at once, is drawn before anything is painted, after the page that it came with is laid out, and is required meanwhile', async () => {
    const frame = document.createElement('iframe')
    frame.srcdoc = `<html lang="en"><form><seon-verify name="proof" required></seon-verify></form>
      <script>
        window.seen = { valid: [], drawn: [], room: [] }
        const look = () => {
          seen.valid.push(document.forms[0].checkValidity())
          const element = document.querySelector('seon-verify')
          seen.drawn.push(Boolean(element.shadowRoot?.querySelector('button')))
          seen.room.push(element.getBoundingClientRect().height)
        }
        document.addEventListener('DOMContentLoaded', () => {
          look()
          requestAnimationFrame(look)
        })
      </script>
      <script type="module" src="${script}"></script>`
    document.body.append(frame)
    const seen = await until(() => {
      const found = frame.contentWindow && Reflect.get(frame.contentWindow, 'seen')
      return found?.drawn.length === 2 && found
    }, 'two looks')
    expect(seen.valid).to.deep.equal([false, false])
    expect(seen.drawn).to.deep.equal([false, true])
    expect(seen.room[0]).to.be.above(0).and.to.equal(seen.room[1])
    frame.remove()
  })

  it('ends an inline flow that is moved, as its frame is loaded anew, and can begin another', async () => {
    const mounted = await mount(newUser(), { mode: 'inline' })
    const loaded = whenLoaded('plain')
    mounted.element.start()
    await loaded
    const elsewhere = document.createElement('section')
    document.body.append(elsewhere)
    elsewhere.append(mounted.element)
    await mounted.hears('closed')
    expect(mounted.element.querySelector('iframe')).to.equal(null)
    const again = whenLoaded('plain')
    mounted.element.start()
    await again
    mounted.element.close()
    await until(() => mounted.element.phase === 'idle', 'closed')
    elsewhere.remove()
  })

  it('gets a new receipt when a page comes out of the browser’s back/forward cache', async () => {
    const userId = newUser()
    keepStatusToken({ server: serverUrl, userId }, `status ${userId}`)
    await setStatus(userId, 'approved', 1)
    const { element } = await mount(userId, { name: 'proof' })
    const first = await until(() => element.value, 'a receipt')
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
    await until(() => element.value && element.value !== first, 'another receipt')
  })

  it('holds no receipt and asks for none once it is off the page', async () => {
    const userId = newUser()
    keepStatusToken({ server: serverUrl, userId }, `status ${userId}`)
    await setStatus(userId, 'approved', 1)
    const { element } = await mount(userId, { name: 'proof' })
    await until(() => element.value, 'a receipt')
    const place = element.parentElement
    element.remove()
    expect(element.value).to.equal('')
    place?.append(element)
    await until(() => element.value, 'another one, back on the page')
  })
})

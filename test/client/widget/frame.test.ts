// Where SEON's page is shown, with a real mouse and keyboard.

import { expect } from '@open-wc/testing'
import { resetMouse, sendKeys, sendMouse } from '@web/test-runner-commands'
import { readRequests, say, until, whenLoaded } from '../helpers/fake.ts'
import { type Mounted, mount, newUser } from '../helpers/mount.ts'

async function click(target: Element): Promise<void> {
  target.scrollIntoView({ block: 'center' })
  const { left, top, width, height } = target.getBoundingClientRect()
  await sendMouse({ type: 'click', position: [Math.round(left + width / 2), Math.round(top + height / 2)] })
}

async function openByClick(mounted: Mounted, scenario = 'plain'): Promise<Window> {
  const loaded = whenLoaded(scenario)
  await click(mounted.button())
  return loaded
}

const frameOf = (root: ParentNode) => root.querySelector<HTMLIFrameElement>('iframe[data-testid="seon-idv-iframe"]')
const deepFocus = () => {
  let { activeElement } = document
  while (activeElement?.shadowRoot?.activeElement) activeElement = activeElement.shadowRoot.activeElement
  return activeElement
}

describe('SEON’s frame', () => {
  let mounted: Mounted

  afterEach(async () => {
    await resetMouse()
    if (!['starting', 'open'].includes(mounted.element.phase)) return
    mounted.element.close()
    await mounted.hears('closed')
  })

  describe('in fullscreen', () => {
    it('fills the window, has a title and the focus, and gives all back', async () => {
      mounted = await mount()
      const tall = document.createElement('div')
      tall.style.height = '3000px'
      document.body.append(tall)
      const { button } = mounted
      button().focus()
      const frameWindow = await openByClick(mounted)
      const frame = frameOf(document)
      const { width, height, top, left } = frame?.getBoundingClientRect() ?? new DOMRect()
      expect([left, top, width, height]).to.deep.equal([0, 0, innerWidth, innerHeight])
      expect(frame?.title).to.equal('Identity verification by SEON')
      expect(deepFocus()).to.equal(frame)
      expect(getComputedStyle(document.documentElement).overflow).to.equal('hidden')
      say(frameWindow, 'completed', 'success')
      await mounted.hears('closed')
      await until(() => deepFocus()?.classList.contains('message'), 'the focus is on what is said now')
      expect(frameOf(document)).to.equal(null)
      expect(document.querySelector('dialog')).to.equal(null)
      expect(getComputedStyle(document.documentElement).overflow).to.equal('visible')
      tall.remove()
    })

    it('covers for SEON’s page until it has loaded', async () => {
      mounted = await mount()
      const covered = until(() => document.querySelector('dialog')?.textContent?.includes('Loading'), 'the cover')
      await openByClick(mounted)
      await covered
      await until(() => !document.querySelector('dialog')?.textContent?.includes('Loading'), 'SEON’s page alone')
    })

    it('keeps the page behind it out of reach', async () => {
      mounted = await mount()
      const link = document.createElement('a')
      link.href = '#behind'
      link.textContent = 'Behind'
      document.body.append(link)
      await openByClick(mounted)
      link.focus()
      expect(deepFocus(), 'focus by script').not.to.equal(link)
      const { left, top } = link.getBoundingClientRect()
      expect(document.elementFromPoint(left + 2, top + 2), 'under the pointer').not.to.equal(link)
      link.remove()
    })

    it('is in front of a dialog that is open already', async () => {
      mounted = await mount()
      const dialog = document.createElement('dialog')
      dialog.append(mounted.element)
      document.body.append(dialog)
      dialog.showModal()
      await openByClick(mounted)
      expect(document.elementFromPoint(innerWidth / 2, innerHeight / 2)).to.equal(frameOf(document))
      mounted.element.close()
      await mounted.hears('closed')
      await until(
        () => mounted.element.contains(deepFocus()) || mounted.element.shadowRoot?.activeElement,
        'focus is back',
      )
      dialog.remove()
    })

    it('closes on Escape', async () => {
      mounted = await mount()
      const loaded = whenLoaded('plain')
      await click(mounted.button())
      await loaded
      // While SEON's page has the focus, its keys are its own.
      document.querySelector('dialog')?.focus()
      await sendKeys({ press: 'Escape' })
      await mounted.hears('closed')
      expect(mounted.element.phase).to.equal('idle')
    })
  })

  describe('inline', () => {
    it('stands in the light DOM with a height, where the room was kept from the start', async () => {
      mounted = await mount(newUser(), { mode: 'inline' })
      const height = mounted.element.offsetHeight
      expect(height).to.be.greaterThan(600)
      await openByClick(mounted)
      const frame = frameOf(mounted.element)
      expect(frame?.title).to.equal('Identity verification by SEON')
      expect(frame?.offsetHeight).to.be.greaterThan(600)
      expect(mounted.element.offsetHeight).to.equal(height)
      mounted.element.close()
      await mounted.hears('closed')
      expect(mounted.element.childElementCount).to.equal(0)
      expect(mounted.element.offsetHeight).to.equal(height)
    })

    it('takes the focus along into SEON’s page', async () => {
      mounted = await mount(newUser(), { mode: 'inline' })
      mounted.button().focus()
      await openByClick(mounted)
      await until(() => document.activeElement?.localName === 'iframe', 'the focus')
    })

    it('leaves no empty room behind when nothing is left to do in it', async () => {
      mounted = await mount(newUser(), { mode: 'inline' })
      say(await openByClick(mounted), 'completed', 'success')
      await mounted.hears('closed')
      await until(() => mounted.text().includes('Thank you'), 'the words')
      expect(mounted.element.offsetHeight).to.be.lessThan(300)
      mounted.element.reset()
      await until(() => mounted.element.offsetHeight > 600, 'the room for the next')
    })

    it('stays on the screen where the page asks for another mode meanwhile', async () => {
      mounted = await mount(newUser(), { mode: 'inline' })
      const loaded = await openByClick(mounted)
      mounted.element.setAttribute('mode', 'fullscreen')
      await mounted.element.updateComplete
      expect(frameOf(mounted.element)?.checkVisibility()).to.equal(true)
      say(loaded, 'completed', 'success')
      await mounted.hears('closed')
    })

    it('shows a skeleton until SEON’s page has loaded', async () => {
      mounted = await mount(newUser('never-loads'), { mode: 'inline' })
      const skeleton = () => mounted.element.shadowRoot?.querySelector('[part=skeleton]')
      await click(mounted.button())
      await until(skeleton, 'the skeleton')
      mounted.element.close()
      await mounted.hears('closed')
      mounted = await mount(newUser(), { mode: 'inline' })
      await openByClick(mounted)
      await until(() => !skeleton(), 'SEON’s page alone')
    })

    it('can be cancelled beside it', async () => {
      mounted = await mount(newUser(), { mode: 'inline' })
      await openByClick(mounted)
      await until(() => mounted.button().textContent?.includes('Cancel'), 'the button')
      await click(mounted.button())
      await mounted.hears('closed')
    })

    it('ends when the element is moved, as the frame would be deaf', async () => {
      mounted = await mount(newUser(), { mode: 'inline' })
      await openByClick(mounted)
      document.body.append(mounted.element)
      await mounted.hears('closed')
      expect(frameOf(document)).to.equal(null)
      mounted.element.remove()
    })

    it('works three shadow roots deep', async () => {
      mounted = await mount(newUser(), { mode: 'inline' })
      let root: ParentNode & Node = document.body
      const outer = document.createElement('div')
      for (const host of [outer, document.createElement('div'), document.createElement('div')]) {
        root.appendChild(host)
        root = host.attachShadow({ mode: 'open' })
      }
      root.appendChild(mounted.element)
      say(await openByClick(mounted), 'completed', 'success')
      await mounted.hears('completed')
      await mounted.hears('closed')
      outer.remove()
    })
  })

  describe('in a popup', () => {
    it('is opened by the click itself and reports through SEON’s SDK', async () => {
      mounted = await mount(newUser('slow'), { mode: 'popup' })
      const popup = await openByClick(mounted, 'slow')
      expect(mounted.element.phase).to.equal('open')
      await until(
        () => mounted.element.shadowRoot?.activeElement?.matches('.message'),
        'the focus stays in the element',
      )
      say(popup, 'started')
      say(popup, 'completed', 'pending')
      await mounted.hears('closed')
      expect(mounted.heard).to.deep.equal([['opened'], ['started'], ['completed', { status: 'pending' }], ['closed']])
      expect(popup.closed).to.equal(true)
    })

    it('is no longer told as open once SEON’s page has said that it could not go on', async () => {
      mounted = await mount(newUser(), { mode: 'popup' })
      const popup = await openByClick(mounted)
      await until(() => mounted.text().includes('Follow the steps in the window'), 'the words')
      say(popup, 'error', 'unknown')
      await until(() => mounted.text().includes('That did not work'), 'the words for it')
      expect(mounted.text()).to.include('Show the window')
      say(popup, 'completed', 'success')
      await mounted.hears('closed')
      await until(() => mounted.text().includes('Thank you'), 'it went on after all')
    })

    it('is cancelled by closing it', async () => {
      mounted = await mount(newUser(), { mode: 'popup' })
      const popup = await openByClick(mounted)
      popup.close()
      await mounted.hears('closed')
      expect(mounted.heard).to.deep.equal([['cancelled'], ['closed']])
      expect(mounted.element.phase).to.equal('idle')
    })

    it('is opened again by a click that starts anew', async () => {
      mounted = await mount(newUser(), { mode: 'popup' })
      const { element } = mounted
      const first = await openByClick(mounted)
      const anew = document.createElement('button')
      anew.textContent = 'Anew'
      anew.addEventListener('click', () => {
        element.reset()
        element.start()
      })
      document.body.append(anew)
      const loaded = whenLoaded('plain')
      await click(anew)
      const second = await loaded
      await until(() => element.phase === 'open', 'open')
      expect([first.closed, second.closed]).to.deep.equal([true, false])
      anew.remove()
      element.close()
      await until(() => element.phase === 'idle', 'closed')
    })

    it('is gone when the server refuses', async () => {
      mounted = await mount('init-error rate_limited 429', { mode: 'popup' })
      await click(mounted.button())
      await mounted.hears('closed')
      expect(mounted.heard).to.deep.equal([['error', { code: 'init_rate_limited' }], ['closed']])
      expect(window.open('', 'seon-idv-popup'), 'no window of that name').to.equal(null)
    })

    it('is `popup_blocked` outside of a click, before anything is billed', async () => {
      const userId = newUser()
      mounted = await mount(userId, { mode: 'popup' })
      await until(() => !navigator.userActivation.isActive, 'the last click is history')
      mounted.element.start()
      await mounted.hears('closed')
      expect(mounted.heard).to.deep.equal([['error', { code: 'popup_blocked' }], ['closed']])
      const inits = await readRequests('/verify/api/init-verification')
      expect(inits.filter(({ body }) => JSON.stringify(body).includes(userId))).to.deep.equal([])
    })
  })
})

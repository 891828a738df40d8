// The cases of the web platform's tests for form-associated custom elements that concern an element like this one.

import { expect } from '@open-wc/testing'
import { en } from '../../../client/widget/messages/en.ts'
import { SeonVerifyElement } from '../../../client/widget/seon-verify-element.ts'
import { keepStatusToken } from '../../../client/widget/standing/status-token-store.ts'
import { readRequests, serverUrl, setStatus, until } from '../helpers/fake.ts'
import { newUser } from '../helpers/mount.ts'
import '../../../client/widget/seon-verify.ts'

/** What the element is in a browser without form-associated elements. */
class OldBrowserElement extends SeonVerifyElement {
  static override get formAssociated() {
    return false
  }
  override attachInternals(): ElementInternals {
    return Object.create(null)
  }
}
customElements.define('seon-verify-old', OldBrowserElement)

interface Mounted {
  form: HTMLFormElement
  element: SeonVerifyElement
  read: () => unknown
}

async function mountForm(tag: string, attributes = '', userId = newUser()): Promise<Mounted> {
  const page = document.createElement('div')
  page.innerHTML = `<form><fieldset><label for="field">Identity</label>
    <${tag} id="field" name="proof" user-id="${userId}" server="${serverUrl}" ${attributes}></${tag}></fieldset>
    <button>Send</button></form>`
  document.body.append(page)
  const form = page.querySelector('form')
  const element = page.querySelector(tag)
  if (!form || !(element instanceof SeonVerifyElement)) throw new Error('There is no form.')
  form.addEventListener('submit', (event) => event.preventDefault())
  await until(() => element.form, 'the element is in its form')
  await element.updateComplete
  return { form, element, read: () => new FormData(form).get('proof') }
}

/** As after a reload of the page by somebody who is through. */
async function mountApproved(tag: string, attributes = '', scenario = 'plain'): Promise<Mounted & { userId: string }> {
  const userId = newUser(scenario)
  keepStatusToken({ server: serverUrl, userId }, `status ${userId}`)
  await setStatus(userId, 'approved', 3)
  const mounted = await mountForm(tag, attributes, userId)
  await until(() => mounted.element.status === 'approved', 'approved')
  return { ...mounted, userId }
}

const receiptsAsked = async (userId: string) =>
  (await readRequests('/verify/api/receipts')).filter(({ headers }) => headers['authorization']?.includes(userId))
    .length

describe('<seon-verify> in a form', () => {
  afterEach(() => {
    for (const form of document.querySelectorAll('form')) form.parentElement?.remove()
  })

  for (const tag of ['seon-verify', 'seon-verify-old']) {
    describe(tag === 'seon-verify' ? 'by ElementInternals' : 'where they are missing', () => {
      it('is nothing in the form’s data until it is approved, then a receipt', async () => {
        const { read, element, userId } = await mountApproved(tag)
        await until(() => element.value, 'a receipt')
        expect(read()).to.equal(element.value)
        expect(element.value).to.match(/^receipt \d+$/)
        expect(await receiptsAsked(userId)).to.equal(1)
        const other = await mountForm(tag)
        expect([other.read(), other.element.value]).to.deep.equal([null, ''])
      })

      it('asks for no receipt without a name', async () => {
        const { element, userId } = await mountApproved(tag)
        await until(() => element.value, 'a receipt')
        element.name = null
        await until(() => !element.value, 'it is dropped')
        await element.updateComplete
        expect(await receiptsAsked(userId)).to.equal(1)
      })

      it('gives up its receipt when the approval is taken back', async () => {
        const { element, read, userId } = await mountApproved(tag, 'required')
        await until(() => element.value, 'a receipt')
        expect(element.checkValidity()).to.equal(true)
        await setStatus(userId, 'declined', 4)
        await until(() => !element.value, 'the receipt is gone')
        expect([read(), element.checkValidity()]).to.deep.equal([null, false])
      })

      it('keeps a form from being sent when it is required, and says why at its button', async () => {
        const { form, element } = await mountForm(tag, 'required')
        let sent = 0
        form.addEventListener('submit', () => (sent += 1))
        expect([form.checkValidity(), element.validity?.valid, element.willValidate]).to.deep.equal([
          false,
          false,
          true,
        ])
        expect(element.validationMessage).to.equal('Please verify your identity first.')
        form.requestSubmit()
        expect(sent).to.equal(0)
        await until(() => document.activeElement === element, 'the focus')
        expect(element.shadowRoot?.activeElement?.localName).to.equal('button')
        element.required = false
        await element.updateComplete
        form.requestSubmit()
        expect(sent).to.equal(1)
      })

      it('says that the result is awaited where the visitor can do nothing', async () => {
        const userId = newUser()
        keepStatusToken({ server: serverUrl, userId }, `status ${userId}`)
        await setStatus(userId, 'review', 3)
        const { element } = await mountForm(tag, 'required', userId)
        await until(() => element.validationMessage.includes('still being checked'), 'the words')
        expect(element.reportValidity()).to.equal(false)
      })

      it('has its label, which leads to the button and starts nothing', async () => {
        const { form, element } = await mountForm(tag)
        const label = form.querySelector('label')
        expect([...(element.labels ?? [])]).to.deep.equal([label])
        label?.click()
        expect(document.activeElement).to.equal(element)
        expect(element.shadowRoot?.activeElement?.localName).to.equal('button')
        expect(element.phase).to.equal('idle')
      })

      it('is disabled by its fieldset', async () => {
        const { form, element } = await mountForm(tag, 'required')
        const fieldset = form.querySelector('fieldset')
        const button = () => element.shadowRoot?.querySelector('button')
        fieldset?.toggleAttribute('disabled', true)
        await until(() => button()?.disabled, 'the button is disabled')
        expect([form.checkValidity(), element.willValidate]).to.deep.equal([true, false])
        element.start()
        expect(element.phase).to.equal('idle')
        fieldset?.toggleAttribute('disabled', false)
        await until(() => button()?.disabled === false, 'the button is back')
        expect(element.disabled, 'its own attribute is the page’s').to.equal(false)
      })

      it('is enabled again by its property as by its attribute', async () => {
        const { element } = await mountForm(tag, 'disabled')
        const button = () => element.shadowRoot?.querySelector('button')
        await until(() => button()?.disabled, 'disabled')
        element.disabled = false
        await until(() => button()?.disabled === false, 'enabled')
        element.disabled = true
        await until(() => button()?.disabled, 'disabled again')
        element.removeAttribute('disabled')
        await until(() => button()?.disabled === false, 'enabled again')
      })

      it('gives nothing to the form while it is disabled itself', async () => {
        const { element, read } = await mountApproved(tag)
        await until(() => element.value, 'a receipt')
        element.disabled = true
        await element.updateComplete
        expect(read()).to.equal(null)
      })

      it('has another receipt after the form was reset, and is still approved', async () => {
        const { form, element, read } = await mountApproved(tag)
        const first = await until(() => element.value, 'a receipt')
        form.reset()
        const second = await until(() => element.value, 'another receipt')
        expect(second).not.to.equal(first)
        expect([element.status, read()]).to.deep.equal(['approved', second])
      })

      it('has nothing to say of a failure after the form was reset', async () => {
        const { form, element } = await mountForm(tag, '', 'init-error invalid 400')
        element.start()
        await until(() => element.phase === 'failed', 'the failure')
        form.reset()
        expect(element.phase).to.equal('idle')
      })

      it('is sent once with each receipt: the next time it gets a new one first', async () => {
        const { form, element, read } = await mountApproved(tag, 'required')
        const sent: unknown[] = []
        form.addEventListener('submit', () => sent.push(read()))
        const first = await until(() => element.value, 'a receipt')
        form.requestSubmit()
        expect(sent).to.deep.equal([first])
        form.requestSubmit(form.querySelector('button'))
        await until(() => sent.length === 2, 'the form is sent again')
        expect(sent[1]).to.equal(element.value)
        expect(sent[1]).not.to.equal(first)
      })

      it('is sent although its button was drawn anew while it waited', async () => {
        const { form, element, read } = await mountApproved(tag, 'required')
        const sent: unknown[] = []
        form.addEventListener('submit', () => sent.push(read()))
        await until(() => element.value, 'a receipt')
        form.requestSubmit()
        const button = form.querySelector('button')
        button?.click()
        button?.replaceWith(document.createElement('button'))
        await until(() => sent.length === 2, 'the form is sent again')
      })

      it('keeps a form from being sent while there is no receipt to be had', async () => {
        const { form, element, userId } = await mountApproved(tag, 'required', 'no-receipts')
        await until(() => receiptsAsked(userId), 'it is asked for')
        expect([form.checkValidity(), element.value]).to.deep.equal([false, ''])
      })

      it('sends a form that need not have a receipt without one, once, where none is to be had', async () => {
        const { form, userId } = await mountApproved(tag, '', 'no-receipts')
        await until(() => receiptsAsked(userId), 'it is asked for')
        let sent = 0
        form.addEventListener('submit', (event) => {
          event.preventDefault()
          sent += 1
        })
        form.requestSubmit()
        await until(() => sent > 0, 'the form is sent')
        const asked = await receiptsAsked(userId)
        form.requestSubmit()
        await until(() => sent > 1, 'the form is sent again')
        expect([sent, (await receiptsAsked(userId)) - asked <= 1]).to.deep.equal([2, true])
        form.requestSubmit()
        form.requestSubmit()
        await until(() => sent > 2, 'the form is sent once more')
        await new Promise((resolve) => setTimeout(resolve))
        expect(sent, 'two clicks while it waits').to.equal(3)
      })

      it('asks an approved visitor for a moment’s patience while the receipt is on its way', async () => {
        const { element } = await mountApproved(tag, 'required', 'no-receipts')
        await until(() => element.validationMessage === en.receiptPending, 'the words')
        expect(element.checkValidity()).to.equal(false)
      })

      it('leaves the form with the element', async () => {
        const { form, element } = await mountForm(tag, 'required')
        const moved = document.createElement('form')
        form.parentElement?.append(moved)
        moved.append(element)
        await element.updateComplete
        expect([form.checkValidity(), moved.checkValidity(), element.form]).to.deep.equal([true, false, moved])
      })

      it('tells of a change of its value', async () => {
        const { element, form } = await mountForm(tag)
        expect(element.type).to.equal('seon-verify')
        const userId = newUser()
        keepStatusToken({ server: serverUrl, userId }, `status ${userId}`)
        await setStatus(userId, 'approved', 1)
        const heard: unknown[] = []
        form.addEventListener('change', ({ target }) => heard.push(target))
        element.userId = userId
        await until(() => heard.length > 0, 'the change')
        expect(heard).to.deep.equal([element])
      })
    })
  }

  describe('where ElementInternals are missing', () => {
    const button = ({ element }: Mounted) => element.shadowRoot?.querySelector('button')

    it('is disabled by the fieldset that it is in now', async () => {
      const mounted = await mountForm('seon-verify-old')
      const { form, element } = mounted
      const [before, now] = [form.querySelector('fieldset'), document.createElement('fieldset')]
      form.append(now)
      now.append(element)
      now.disabled = true
      await until(() => button(mounted)?.disabled, 'disabled')
      before?.toggleAttribute('disabled', true)
      now.disabled = false
      await until(() => button(mounted)?.disabled === false, 'enabled')
      before?.append(element)
      await until(() => button(mounted)?.disabled, 'disabled by the one before')
      form.append(element)
      await until(() => button(mounted)?.disabled === false, 'outside of both')
    })

    it('is reset with a form in a shadow root, and not by a reset that the page has called off', async () => {
      const { form, element } = await mountForm('seon-verify-old', '', 'init-error invalid 400')
      const outer = document.createElement('div')
      document.body.append(outer)
      outer.attachShadow({ mode: 'open' }).append(form)
      element.start()
      await until(() => element.phase === 'failed', 'the failure')
      form.addEventListener('reset', (event) => event.preventDefault(), { once: true })
      form.reset()
      expect(element.phase).to.equal('failed')
      form.reset()
      expect(element.phase).to.equal('idle')
      outer.remove()
    })

    it('leaves no listeners behind', async () => {
      const listeners = new Set<unknown>()
      const { prototype } = EventTarget
      document.addEventListener = (...given: [string, EventListener]) => {
        listeners.add(given[1])
        prototype.addEventListener.apply(document, given)
      }
      document.removeEventListener = (...given: [string, EventListener]) => {
        listeners.delete(given[1])
        prototype.removeEventListener.apply(document, given)
      }
      try {
        const { form } = await mountForm('seon-verify-old')
        expect(listeners.size).to.be.greaterThan(0)
        form.remove()
        expect(listeners.size).to.equal(0)
      } finally {
        Reflect.deleteProperty(document, 'addEventListener')
        Reflect.deleteProperty(document, 'removeEventListener')
      }
    })
  })

  describe('as only ElementInternals can', () => {
    it('matches the pseudo-classes of form controls', async () => {
      const { form, element } = await mountForm('seon-verify', 'required')
      const told = ':is(:user-invalid, :state(user-invalid))'
      const state = () => [element.matches(':invalid'), element.matches(told), element.matches(':disabled')]
      expect(state()).to.deep.equal([true, false, false])
      form.requestSubmit()
      await element.updateComplete
      expect(state()).to.deep.equal([true, true, false])
      form.reset()
      await element.updateComplete
      expect(state()).to.deep.equal([true, false, false])
      element.disabled = true
      await element.updateComplete
      expect(state()).to.deep.equal([false, false, true])
    })

    it('is among the form’s elements, also by the form attribute', async () => {
      const { form, element } = await mountForm('seon-verify')
      expect([...form.elements]).to.include(element)
      form.id = 'elsewhere'
      form.parentElement?.append(element)
      expect(element.form).to.equal(null)
      element.setAttribute('form', 'elsewhere')
      expect(element.form).to.equal(form)
    })

    it('finds its verification again in what the browser has kept, for the same person alone', async () => {
      const userId = newUser()
      await setStatus(userId, 'approved', 3)
      const state = `seon-verify ${serverUrl} ${userId}\nstatus ${userId}`
      const other = await mountForm('seon-verify')
      other.element.formStateRestoreCallback(state)
      const { element } = await mountForm('seon-verify', '', userId)
      element.formStateRestoreCallback(state)
      await until(() => element.value, 'a receipt')
      expect([other.element.status, other.element.value]).to.deep.equal([null, ''])
    })
  })
})

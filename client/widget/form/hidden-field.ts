import type { LitElement } from 'lit'
import { applyStyles } from '../frame/stage.ts'
import type { FormField } from './form-field.ts'

export interface HiddenFieldListener {
  disabled(disabled: boolean): void
  reset(): void
}

/**
 * For browsers in which no element but their own can be in a form: an input that nobody sees, as a child of the element.
 * It is of type `text`, as a browser validates no `hidden` one; the focus that validation gives it goes on at once.
 */
export function createHiddenField(
  host: LitElement & { name: string | null; disabled: boolean },
  listener: HiddenFieldListener,
): FormField {
  const input = document.createElement('input')
  let anchor: HTMLElement | undefined
  input.slot = 'field'
  input.tabIndex = -1
  input.autocomplete = 'off'
  input.setAttribute('aria-hidden', 'true')
  applyStyles(input, UNSEEN)
  input.addEventListener('focus', () => (anchor ?? host).focus())
  const slot = document.createElement('slot')
  slot.name = 'field'
  host.shadowRoot?.append(slot)
  host.append(input)

  const readLabels = () => {
    const root = host.getRootNode()
    return host.id && (root instanceof Document || root instanceof ShadowRoot)
      ? root.querySelectorAll(`label[for="${CSS.escape(host.id)}"]`)
      : (input.labels ?? document.querySelectorAll('label:not(*)'))
  }
  // A browser knows its own controls' labels alone.
  const handleClick = (event: Event) => {
    const [clicked] = event.composedPath()
    for (const label of readLabels()) if (clicked instanceof Node && label.contains(clicked)) host.focus()
  }
  const handleReset = ({ target, defaultPrevented }: Event) => {
    if (input.form && target === input.form && !defaultPrevented) listener.reset()
  }
  const tellDisabled = () => listener.disabled(input.matches('fieldset:disabled *'))
  const observer = new MutationObserver(tellDisabled)
  /** The tree that it is in: a reset is not heard outside of it. */
  let root: Node = document

  // Wherever it is moved to; and nothing stays behind where it is taken away for good.
  host.addController({
    hostConnected() {
      root = host.getRootNode()
      root.addEventListener('click', handleClick)
      root.addEventListener('reset', handleReset)
      for (let node = host.closest('fieldset'); node; node = node.parentElement?.closest('fieldset') ?? null) {
        observer.observe(node, { attributes: true, attributeFilter: ['disabled'] })
      }
      tellDisabled()
    },
    hostDisconnected() {
      root.removeEventListener('click', handleClick)
      root.removeEventListener('reset', handleReset)
      observer.disconnect()
    },
  })

  return {
    get form() {
      return input.form
    },
    get labels() {
      return readLabels()
    },
    get validity() {
      return input.validity
    },
    get validationMessage() {
      return input.validationMessage
    },
    get willValidate() {
      return input.willValidate
    },
    checkValidity: () => input.checkValidity(),
    reportValidity: () => input.reportValidity(),
    setFormValue(value) {
      input.value = value ?? ''
      // Without a name it is not part of what is sent.
      input.name = value === null ? '' : (host.name ?? '')
      input.disabled = host.disabled
    },
    setValidity(_flags, message = '', at) {
      anchor = at
      input.setCustomValidity(message)
    },
  }
}

/** There, so that a browser can put its message to it, and nowhere to be met. */
const UNSEEN = {
  position: 'absolute',
  width: '1px',
  height: '1px',
  margin: '0',
  padding: '0',
  border: '0',
  opacity: '0',
  'pointer-events': 'none',
}

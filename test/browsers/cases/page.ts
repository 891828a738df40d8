// What the cases have at hand in the page; runs in the browser under test, as does everything in this folder.

/** The element as a page sees it: by nothing but what the platform gives to any form control. */
export interface Control extends HTMLElement {
  name: string
  disabled: boolean
  required: boolean
  readonly value: string
  readonly form: HTMLFormElement | null
  readonly labels: NodeListOf<HTMLLabelElement>
  readonly validity: ValidityState
  readonly validationMessage: string
  readonly willValidate: boolean
  readonly updateComplete: Promise<unknown>
  checkValidity(): boolean
  reportValidity(): boolean
}

/** As long as an update of the element may take here, ms. */
const PATIENCE_MS = 5000

/** Puts markup into a fresh corner of the page. */
export async function mount(markup: string): Promise<HTMLElement> {
  await customElements.whenDefined('seon-verify')
  const corner = document.createElement('div')
  document.body.append(corner)
  corner.innerHTML = markup
  for (const control of corner.querySelectorAll<Control>('seon-verify')) await control.updateComplete
  return corner
}

export function findControl(corner: ParentNode, selector = 'seon-verify'): Control {
  const found = corner.querySelector<Control>(selector)
  if (found === null) throw new Error(`There is no ${selector}.`)
  return found
}

export function find<T extends Element>(corner: ParentNode, selector: string, type: new () => T): T {
  const found = corner.querySelector(selector)
  if (!(found instanceof type)) throw new Error(`There is no ${selector}.`)
  return found
}

/** Deeply, as JSON sees it; elements by identity. */
export function same(actual: unknown, wanted: unknown, what: string): void {
  const isNode = actual instanceof Node || wanted instanceof Node
  if (isNode ? actual === wanted : JSON.stringify(actual) === JSON.stringify(wanted)) return
  throw new Error(`${what}: ${isNode ? 'another node' : `${JSON.stringify(actual)}, wanted ${JSON.stringify(wanted)}`}`)
}

export async function until(holds: () => unknown, what: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`Waited in vain: ${what}`)
    await new Promise((resolve) => requestAnimationFrame(resolve))
  }
}

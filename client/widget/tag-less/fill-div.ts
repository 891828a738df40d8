/** What divs have given to their elements: what a page's script gave is not taken away. */
const given = new WeakMap<HTMLElement, readonly string[]>()

/**
 * Makes a div with `data-seon-verify` what its `data-*` say: `data-user-id="7"` is the `user-id` of the element in it,
 * `data-slot` on its children their `slot`. `false` is as if it were not there, as editors write it so. The div stays:
 * the site's styles, and whatever made it, know it. Changes nothing that is right already.
 */
export function fillDiv(div: HTMLElement, names: readonly string[]): void {
  const element = div.querySelector<HTMLElement>(':scope > seon-verify') ?? document.createElement('seon-verify')
  giveAttributes(div, element, names)
  element.append(...[...div.childNodes].filter((child) => child !== element))
  for (const child of element.querySelectorAll<HTMLElement>('[data-slot]')) {
    child.slot = child.dataset['slot'] ?? ''
    // Editors wrap what they find in paragraphs; only children can be slotted.
    if (child.parentElement !== element) element.append(child)
  }
  if (!element.parentElement) div.append(element)
}

function giveAttributes(div: HTMLElement, element: HTMLElement, names: readonly string[]): void {
  const read = (name: string) => div.getAttribute(`data-${name}`)
  const now = names.filter((name) => ![null, 'false'].includes(read(name)))
  for (const name of now) {
    const value = read(name) ?? ''
    if (value !== element.getAttribute(name)) element.setAttribute(name, value)
  }
  for (const name of given.get(element) ?? []) if (!now.includes(name)) element.removeAttribute(name)
  given.set(element, now)
}

/**
 * The element's attributes without `server`: whoever may write nothing but harmless tags on a site may not name the
 * server either that the site's visitors, and their user tokens, go to. It is the one that the script came from.
 */
export function readNames(): string[] {
  const element: unknown = customElements.get('seon-verify')
  const names: unknown = typeof element === 'function' ? Reflect.get(element, 'observedAttributes') : null
  return Array.isArray(names) ? names.map(String).filter((name) => name !== 'server') : []
}

import { css, html, LitElement, noChange } from 'lit'
import { Directive, directive, type ElementPart } from 'lit/directive.js'

// Space (px) between what is explained and its explanation, and to the screen's edge.
const GAP = 6

/**
 * The page's one tooltip, in the top layer so that no panel cuts it off. What it says stands in the page for assistive technology too,
 * so it is hidden from it.
 */
export class Tooltip extends LitElement {
  static override properties = { text: { state: true } }
  static override styles = css`
    :host {
      position: fixed;
      inset: auto;
      margin: 0;
      max-inline-size: min(360px, calc(100vw - 16px));
      padding: 4px 8px;
      border: 1px solid transparent;
      border-radius: var(--radius-control);
      background: var(--n-12);
      color: var(--n-1);
      font-size: var(--size-12);
      line-height: 1.5;
      pointer-events: none;
      overflow-wrap: anywhere;
      unicode-bidi: plaintext;
    }
  `
  declare text: string
  #isWanted = false

  constructor() {
    super()
    this.text = ''
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.setAttribute('popover', 'manual')
    this.setAttribute('aria-hidden', 'true')
  }

  async show(anchor: Element, text: string): Promise<void> {
    this.text = text
    this.#isWanted = true
    await this.updateComplete
    // Put away meanwhile, or another's words were written into it.
    if (!this.#isWanted || this.text !== text) return
    if (!this.matches(':popover-open')) this.showPopover()
    const around = anchor.getBoundingClientRect()
    const own = this.getBoundingClientRect()
    const below = around.bottom + GAP + own.height < innerHeight
    const left = around.left + around.width / 2 - own.width / 2
    this.style.top = `${below ? around.bottom + GAP : around.top - GAP - own.height}px`
    this.style.left = `${Math.max(GAP, Math.min(left, document.body.clientWidth - own.width - GAP))}px`
  }

  hide(): void {
    this.#isWanted = false
    if (this.matches(':popover-open')) this.hidePopover()
  }

  protected override render() {
    return html`${this.text}`
  }
}

// A pointer on its way across the page asks nothing; one that rests this long (ms) does.
const RESTING = 350

const explanations = new WeakMap<EventTarget, () => string>()
let shared: Tooltip | undefined
let isListening = false
let current: EventTarget | undefined
let resting: ReturnType<typeof setTimeout> | undefined

/** Lets `anchor` show what `read` says on hover and focus. Listens once for the whole page, as a list has hundreds of anchors. */
export function explain(anchor: HTMLElement, read: () => string): void {
  if (!isListening) {
    isListening = true
    // Events that also name what was left (`pointerover`, `focusin`) are not heard here where both lie within one shadow root.
    document.addEventListener('pointermove', handleMove, { passive: true })
    document.addEventListener('click', hide)
    document.addEventListener('keydown', hide)
    document.addEventListener('keyup', handleKey)
    document.documentElement.addEventListener('pointerleave', hide)
    // What is explained may be scrolled away from under a resting pointer.
    document.addEventListener('scroll', hide, { capture: true, passive: true })
  }
  explanations.set(anchor, read)
}

class Explained extends Directive {
  override render(_read: () => string) {
    return noChange
  }

  override update({ element }: ElementPart, [read]: [read: () => string]) {
    if (element instanceof HTMLElement) explain(element, read)
    return noChange
  }
}

/** `explain` from within a template. */
export const explained = directive(Explained)

function handleMove(event: Event): void {
  const anchor = findAnchor(event)
  if (anchor === current) return
  hide()
  current = anchor
  resting = setTimeout(() => show(anchor), RESTING)
}

/** Who goes from stop to stop by keyboard reads on the way; Escape and every other key put it away (WCAG 1.4.13). */
function handleKey(event: KeyboardEvent): void {
  if (event.key === 'Tab') show(findAnchor(event))
}

function findAnchor(event: Event): HTMLElement | undefined {
  return event.composedPath().find((each): each is HTMLElement => each instanceof HTMLElement && explanations.has(each))
}

function show(anchor: HTMLElement | undefined): void {
  const read = anchor && explanations.get(anchor)
  if (!anchor?.isConnected || !read) return
  shared ??= new Tooltip()
  // In the top layer it stands above an open dialog, whichever element holds it.
  if (!shared.isConnected) document.body.append(shared)
  void shared.show(anchor, read())
}

function hide(): void {
  clearTimeout(resting)
  current = undefined
  shared?.hide()
}

import { css, html, LitElement } from 'lit'

// Space (px) between what is explained and its explanation, and to the screen's edge.
const GAP = 6

/**
 * The page's one tooltip, in the top layer so that no panel cuts it off. What it says stands in the page for assistive technology too,
 * so it is hidden from it. Escape puts it away (WCAG 1.4.13).
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
    await this.updateComplete
    this.showPopover?.()
    const around = anchor.getBoundingClientRect()
    const own = this.getBoundingClientRect()
    const below = around.bottom + GAP + own.height < innerHeight
    const left = around.left + around.width / 2 - own.width / 2
    this.style.top = `${below ? around.bottom + GAP : around.top - GAP - own.height}px`
    this.style.left = `${Math.max(GAP, Math.min(left, innerWidth - own.width - GAP))}px`
  }

  hide(): void {
    if (this.matches(':popover-open')) this.hidePopover()
  }

  protected override render() {
    return html`${this.text}`
  }
}

let shared: Tooltip | undefined

// A pointer on its way across the page asks nothing; one that rests this long (ms) does.
const RESTING = 350
let resting: ReturnType<typeof setTimeout> | undefined

function hide(): void {
  clearTimeout(resting)
  shared?.hide()
}

/** Lets `anchor` show what `read` says on hover and focus. Returns its undo. */
export function explain(anchor: HTMLElement, read: () => string): () => void {
  const show = () => {
    shared ??= new Tooltip()
    // In the top layer it stands above an open dialog, whichever element holds it.
    if (!shared.isConnected) document.body.append(shared)
    if (anchor.isConnected) void shared.show(anchor, read())
  }
  const handleKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') hide()
  }
  const rest = () => {
    clearTimeout(resting)
    resting = setTimeout(show, RESTING)
  }
  const listeners = { pointerenter: rest, focusin: show, pointerleave: hide, focusout: hide, click: hide }
  for (const [type, listener] of Object.entries(listeners)) anchor.addEventListener(type, listener)
  anchor.addEventListener('keydown', handleKey)
  return () => {
    hide()
    for (const [type, listener] of Object.entries(listeners)) anchor.removeEventListener(type, listener)
    anchor.removeEventListener('keydown', handleKey)
  }
}

import type { PropertyValues } from 'lit'
import { html, LitElement, nothing } from 'lit'
import { messages } from '../../messages.ts'
import { NavigateEvent } from '../../routing/navigate-event.ts'
import { badgeStyles } from '../../styles/badge.ts'
import { base } from '../../styles/base.ts'
import { controls } from '../../styles/controls.ts'
import { hues } from '../../styles/hues.ts'
import { icon } from '../icons.ts'
import { panelStyles } from './panel-styles.ts'

/**
 * Holds a detail: beside its list where there is room, else a modal sheet over it. Escape and its button close it. `old`: what it shows may
 * not be so any more.
 */
export class SidePanel extends LitElement {
  static override properties = { heading: {}, beside: { type: Boolean, reflect: true }, old: { type: Boolean } }
  static override styles = [base, controls, hues, badgeStyles, panelStyles]
  declare heading: string
  declare beside: boolean
  declare old: boolean

  constructor() {
    super()
    this.heading = ''
    this.beside = false
    this.old = false
  }

  override connectedCallback(): void {
    super.connectedCallback()
    addEventListener('keydown', this.#handleKey)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    removeEventListener('keydown', this.#handleKey)
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('beside')) return
    const dialog = this.renderRoot.querySelector('dialog')
    if (!dialog) return
    dialog.close()
    // `show()` would take the focus away from the list.
    if (this.beside) dialog.setAttribute('open', '')
    else dialog.showModal()
  }

  protected override render() {
    return html`<dialog aria-labelledby="heading" @cancel=${this.#handleCancel} @click=${this.#handleBackdrop}>
      <div class="sheet">
        <div class="head">
          <h2 id="heading">${this.heading}</h2>
          <span role="status"
            >${this.old ? html`<span class="badge filled-outlined old" data-hue="amber" title=${messages.detail.oldHint}>${icon('refresh')}${messages.detail.old}</span>` : nothing}</span
          >
          <button
            class="button plain square"
            type="button"
            aria-label=${messages.detail.close}
            aria-keyshortcuts="Escape"
            @click=${this.#close}
          >
            ${icon('close')}
          </button>
        </div>
        <slot></slot>
      </div>
    </dialog>`
  }

  #close = (): void => {
    // A modal dialog that is closed, rather than only taken away, gives the focus back to where it was.
    if (!this.beside) this.renderRoot.querySelector('dialog')?.close()
    this.dispatchEvent(new NavigateEvent({ open: null }))
  }

  #handleCancel = (event: Event): void => {
    event.preventDefault()
    this.#close()
  }

  #handleBackdrop = (event: MouseEvent): void => {
    if (event.target === event.currentTarget && !this.beside) this.#close()
  }

  #handleKey = (event: KeyboardEvent): void => {
    if (this.beside && event.key === 'Escape' && !event.defaultPrevented && !isInPopover(event)) this.#close()
  }
}

function isInPopover(event: Event): boolean {
  return event.composedPath().some((each) => each instanceof HTMLElement && each.matches(':popover-open, dialog:modal'))
}

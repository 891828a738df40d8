import { css, html, LitElement } from 'lit'
import { messages } from '../../messages.ts'
import { icon } from '../../parts/icons.ts'
import { base } from '../../styles/base.ts'
import { controls } from '../../styles/controls.ts'
import { floats } from '../../styles/floats.ts'
import { isShortcut } from './shortcut.ts'

/** All shortcuts on one sheet; `?` opens it, and so does `sv-show-shortcuts` from anywhere. */
export class ShortcutsHelp extends LitElement {
  static override styles = [
    base,
    controls,
    floats,
    css`
      .head {
        display: flex;
        align-items: center;
        justify-content: space-between;
        margin-block-end: var(--space-16);
      }
      h2 {
        font-size: var(--size-16);
        font-weight: var(--strong);
      }
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: var(--space-8) var(--space-24);
        align-items: baseline;
      }
      dt {
        display: flex;
        gap: var(--space-4);
      }
    `,
  ]

  override connectedCallback(): void {
    super.connectedCallback()
    addEventListener('keydown', this.#handleKey)
    addEventListener('sv-show-shortcuts', this.#show)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    removeEventListener('keydown', this.#handleKey)
    removeEventListener('sv-show-shortcuts', this.#show)
  }

  protected override render() {
    const words = messages.shortcuts
    return html`<dialog class="float" aria-labelledby="heading">
      <div class="head">
        <h2 id="heading">${words.title}</h2>
        <form method="dialog">
          <button class="button plain square" aria-label=${words.close}>${icon('close')}</button>
        </form>
      </div>
      <dl>
        ${words.all.map(
          ([keys, meaning]) =>
            html`<dt>${keys.map((key) => html`<kbd>${key}</kbd>`)}</dt>
              <dd>${meaning}</dd>`,
        )}
      </dl>
    </dialog>`
  }

  #show = (): void => {
    const dialog = this.renderRoot.querySelector('dialog')
    if (dialog && !dialog.open) dialog.showModal()
  }

  #handleKey = (event: KeyboardEvent): void => {
    if (!isShortcut(event) || event.key !== '?') return
    event.preventDefault()
    this.#show()
  }
}

import { css, html, LitElement } from 'lit'
import { messages } from '../messages.ts'
import { icon } from '../parts/icons.ts'
import { lookUp } from '../parts/text/look-up.ts'
import { renderCode } from '../parts/text/render-code.ts'
import { base } from '../styles/base.ts'
import { controls } from '../styles/controls.ts'
import { floats } from '../styles/floats.ts'

/** Settings of the server that an operator should know of: a count in the title line, the sentences behind it. */
export class WarningsNote extends LitElement {
  static override properties = { codes: { attribute: false } }
  static override styles = [
    base,
    controls,
    floats,
    css`
      :host {
        position: relative;
      }
      .open {
        min-block-size: 26px;
        padding-inline: 8px;
        gap: 6px;
        border-color: transparent;
        background: none;
        color: var(--amber-text);
        font-size: var(--size-12);
      }
      .open:hover {
        background: var(--amber-soft);
      }
      .open .icon {
        color: var(--amber-line);
        inline-size: 14px;
        block-size: 14px;
      }
      .float {
        inset-block-start: calc(var(--title-line) - 4px);
        inset-inline-start: max(var(--space-8), min(calc(var(--rail) + var(--space-24)), calc(100vw - 388px)));
        inline-size: min(380px, calc(100vw - 16px));
        padding: var(--space-16);
      }
      h2 {
        margin-block-end: var(--space-8);
        font-size: var(--size-13);
        font-weight: var(--strong);
      }
      li {
        font-size: var(--size-13);
        overflow-wrap: anywhere;
      }
      li + li {
        margin-block-start: var(--space-8);
        padding-block-start: var(--space-8);
        border-block-start: 1px solid var(--hairline);
      }
      @media (max-width: 479.98px) {
        .word {
          position: absolute;
          clip-path: inset(50%);
        }
      }
    `,
  ]
  declare codes: readonly string[]

  constructor() {
    super()
    this.codes = []
  }

  protected override render() {
    const words = messages.warnings
    return html`<button class="button open" type="button" popovertarget="note">
        ${icon('warning')}<span class="word">${words.label(this.codes.length)}</span>
      </button>
      <section id="note" class="float" popover aria-label=${words.title}>
        <h2>${words.title}</h2>
        <ul>
          ${this.codes.map((code) => html`<li>${lookUp(words.known, code) ?? renderCode(code)}</li>`)}
        </ul>
      </section>`
  }
}

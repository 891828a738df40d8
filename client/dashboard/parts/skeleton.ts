import { css, html, LitElement } from 'lit'
import { base } from '../styles/base.ts'

// Enough to fill the screens most people have, without a scrollbar that the real rows then take away.
const ROWS = 10

/** Rows in outline while the real ones are on their way; it stands still, so that waiting is not made restless. */
export class Skeleton extends LitElement {
  static override properties = { label: {}, plain: { type: Boolean } }
  static override styles = [
    base,
    css`
      .row {
        display: flex;
        align-items: center;
        gap: var(--space-24);
        block-size: var(--row);
        padding-inline: var(--space-24);
        border-block-end: 1px solid var(--hairline);
      }
      .row:first-of-type {
        margin-block-start: 32px;
        border-block-start: 1px solid var(--hairline);
      }
      :host([plain]) .row {
        padding: 0;
        border: 0;
      }
      i {
        flex: 0 1 160px;
        block-size: 12px;
        border-radius: 6px;
        background: var(--n-4);
      }
      i:first-child {
        flex-basis: 96px;
        block-size: 20px;
        border-radius: 10px;
      }
      @media (max-width: 719.98px) {
        .row {
          padding-inline: var(--space-16);
        }
      }
    `,
  ]
  declare label: string
  /** Without a list's lines and edges, for a detail. */
  declare plain: boolean

  constructor() {
    super()
    this.label = ''
    this.plain = false
  }

  protected override render() {
    return html`<p class="unseen" role="status">${this.label}</p>
      ${Array.from({ length: ROWS }, () => html`<div class="row" aria-hidden="true"><i></i><i></i><i></i></div>`)}`
  }
}

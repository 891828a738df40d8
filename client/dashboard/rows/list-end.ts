import { css, html, LitElement } from 'lit'
import { base } from '../styles/base.ts'

/** A quiet line under a list. */
export class ListEnd extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: center;
        gap: var(--space-12);
        padding: var(--space-24);
        color: var(--text-quiet);
        font-size: var(--size-12);
      }
    `,
  ]

  protected override render() {
    return html`<slot></slot>`
  }
}

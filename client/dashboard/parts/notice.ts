import { css, html, LitElement } from 'lit'
import { base } from '../styles/base.ts'
import type { IconName } from './icons.ts'
import { icon } from './icons.ts'

/** An empty, failed or forbidden state: what is so, why, and in the slot what to do next. */
export class Notice extends LitElement {
  static override properties = { icon: {}, heading: {}, text: {} }
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        justify-items: center;
        gap: var(--space-8);
        padding: var(--space-48) var(--space-24);
        text-align: center;
      }
      .mark {
        display: grid;
        place-items: center;
        inline-size: 40px;
        block-size: 40px;
        border: 1px solid var(--hairline);
        border-radius: var(--radius-panel);
        background: var(--n-2);
        color: var(--text-quiet);
      }
      .mark .icon {
        inline-size: 20px;
        block-size: 20px;
      }
      h2 {
        margin-block-start: var(--space-4);
        font-size: var(--size-16);
        font-weight: var(--strong);
      }
      p {
        max-inline-size: 44ch;
        color: var(--text-quiet);
        text-wrap: balance;
      }
      ::slotted(*) {
        margin-block-start: var(--space-8);
      }
    `,
  ]
  declare icon: IconName
  declare heading: string
  declare text: string

  constructor() {
    super()
    this.icon = 'list'
    this.heading = ''
    this.text = ''
  }

  protected override render() {
    return html`<span class="mark">${icon(this.icon)}</span>
      <h2>${this.heading}</h2>
      <p>${this.text}</p>
      <slot></slot>`
  }
}

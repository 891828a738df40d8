import { css, html, LitElement } from 'lit'
import { base } from '../styles/base.ts'

/** The page's outline while its figures are on their way, of the same heights, so that nothing jumps when they come. */
export class OverviewSkeleton extends LitElement {
  static override properties = { label: {} }
  static override styles = [
    base,
    css`
      :host {
        container-type: inline-size;
      }
      .figures {
        display: grid;
        grid-template-columns: repeat(4, minmax(0, 1fr));
        border-block-end: 1px solid var(--hairline);
      }
      .figures div {
        display: grid;
        gap: var(--space-12);
        block-size: 150px;
        padding: var(--space-16) var(--space-24);
        align-content: start;
      }
      .figures div + div {
        border-inline-start: 1px solid var(--hairline);
      }
      i {
        display: block;
        inline-size: min(120px, 80%);
        block-size: 12px;
        border-radius: 6px;
        background: var(--n-4);
      }
      .big {
        inline-size: min(88px, 60%);
        block-size: 28px;
      }
      .wide {
        inline-size: 100%;
      }
      .chart {
        display: grid;
        gap: var(--space-12);
        padding: var(--space-24);
      }
      .plot {
        block-size: 240px;
        border-radius: var(--radius-panel);
        background: var(--n-3);
      }
      @container (max-width: 899.98px) {
        .figures {
          grid-template-columns: repeat(2, minmax(0, 1fr));
        }
      }
    `,
  ]
  declare label: string

  constructor() {
    super()
    this.label = ''
  }

  protected override render() {
    return html`<p class="unseen" role="status">${this.label}</p>
      <div class="figures" aria-hidden="true">
        ${Array.from({ length: 4 }, () => html`<div><i></i><i class="big"></i><i class="wide"></i></div>`)}
      </div>
      <div class="chart" aria-hidden="true"><i></i><div class="plot"></div></div>`
  }
}

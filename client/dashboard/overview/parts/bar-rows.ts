import type { TemplateResult } from 'lit'
import { css, html, nothing } from 'lit'
import type { Hue } from '../../parts/status/status-look.ts'

export interface BarRow {
  name: TemplateResult | string
  count: string
  /** 0–1 of the whole width. */
  share: number
  note?: string
  hue: Hue
}

/** Names with their figures, each over a bar of its share: a chart that is its own table. */
export function renderBarRows(rows: readonly BarRow[]): TemplateResult {
  return html`<ul class="bars">
    ${rows.map(
      ({ name, count, share, note, hue }) =>
        html`<li data-hue=${hue}>
          <span class="name">${name}</span>
          <span class="count">${count}${note ? html`<span class="note"> ${note}</span>` : nothing}</span>
          <span class="track" aria-hidden="true"><i .style=${`inline-size: ${(share * 100).toFixed(2)}%`}></i></span>
        </li>`,
    )}
  </ul>`
}

export const barRowsStyles = css`
  .bars {
    display: grid;
    gap: var(--space-12);
  }
  .bars li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: baseline;
    gap: var(--space-4) var(--space-12);
    font-size: var(--size-13);
  }
  .bars .name {
    overflow-wrap: anywhere;
  }
  .bars .count {
    font-weight: var(--medium);
    font-variant-numeric: tabular-nums;
  }
  .bars .note {
    color: var(--text-quiet);
    font-size: var(--size-12);
    font-weight: var(--regular);
  }
  .track {
    grid-column: 1 / -1;
    block-size: 6px;
    border-radius: 3px;
    background: var(--n-4);
    overflow: hidden;
  }
  .track i {
    display: block;
    block-size: 100%;
    border-radius: 3px;
    background: var(--line);
    transition: inline-size var(--steady) var(--ease);
  }
  @media (forced-colors: active) {
    .track {
      border: 1px solid CanvasText;
    }
    .track i {
      background: CanvasText;
    }
  }
`

import { css } from 'lit'
import { shareBarStyles } from '../parts/share-bar-styles.ts'

export const mainFiguresStyles = [
  shareBarStyles,
  css`
    :host {
      container-type: inline-size;
    }
    dl {
      display: grid;
      grid-template-columns: repeat(4, minmax(0, 1fr));
      margin: 0;
      border-block-end: 1px solid var(--hairline);
    }
    /* Name, figure with its change, chart and sentence stand on the same lines in every column. */
    .figure {
      display: grid;
      grid-row: span 4;
      grid-template-rows: subgrid;
      grid-template-columns: auto minmax(0, 1fr);
      align-items: baseline;
      gap: 0 var(--space-12);
      padding: var(--space-16) var(--space-24);
      min-inline-size: 0;
    }
    .figure + .figure {
      border-inline-start: 1px solid var(--hairline);
    }
    dt,
    .chart,
    .note {
      grid-column: 1 / -1;
      min-inline-size: 0;
    }
    dt {
      color: var(--text-quiet);
      font-size: var(--size-13);
      font-weight: var(--medium);
      overflow-wrap: anywhere;
    }
    .value {
      font-size: var(--size-28);
      font-weight: var(--strong);
      font-variant-numeric: tabular-nums;
      letter-spacing: -0.02em;
      line-height: 1.35;
      white-space: nowrap;
    }
    .change {
      display: inline-flex;
      align-items: center;
      gap: 2px;
      min-inline-size: 0;
      color: var(--text-quiet);
      font-size: var(--size-12);
      font-weight: var(--medium);
      font-variant-numeric: tabular-nums;
    }
    .change .icon {
      inline-size: 14px;
      block-size: 14px;
    }
    .chart {
      display: flex;
      align-items: center;
      block-size: 36px;
    }
    .note {
      color: var(--text-quiet);
      font-size: var(--size-12);
      text-wrap: pretty;
    }
    a {
      color: var(--accent-text);
      text-underline-offset: 2px;
    }
    .spark {
      inline-size: 100%;
      block-size: 32px;
      overflow: visible;
    }
    .spark path {
      fill: none;
      vector-effect: non-scaling-stroke;
    }
    .spark .ground {
      stroke: var(--hairline);
      stroke-width: 1;
    }
    .spark .line {
      stroke: var(--accent-line);
      stroke-width: 1.75;
      stroke-linejoin: round;
      stroke-linecap: round;
    }

    @container (max-width: 899.98px) {
      dl {
        grid-template-columns: repeat(2, minmax(0, 1fr));
      }
      .figure:nth-child(3) {
        border-inline-start: 0;
      }
      .figure:nth-child(n + 3) {
        border-block-start: 1px solid var(--hairline);
      }
    }
    @container (max-width: 479.98px) {
      .figure {
        padding: var(--space-12) var(--space-16);
        grid-template-columns: minmax(0, 1fr);
        grid-row: span 5;
      }
      .value {
        font-size: var(--size-20);
      }
    }
    /* With 400 % zoom. */
    @container (max-width: 279.98px) {
      dl {
        grid-template-columns: minmax(0, 1fr);
      }
      .figure + .figure {
        border-inline-start: 0;
        border-block-start: 1px solid var(--hairline);
      }
    }
    @media (forced-colors: active) {
      .spark .line {
        stroke: CanvasText;
      }
    }
  `,
]

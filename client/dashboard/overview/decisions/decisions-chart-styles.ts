import { css } from 'lit'
import { sectionStyles } from '../parts/section-styles.ts'

export const decisionsChartStyles = [
  sectionStyles,
  css`
    .head {
      display: flex;
      align-items: flex-start;
      gap: var(--space-12);
    }
    .head > div {
      flex: 1;
      min-inline-size: 0;
    }
    .legend {
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      gap: var(--space-4) var(--space-16);
      min-block-size: 24px;
      margin-block-end: var(--space-8);
      font-size: var(--size-13);
    }
    .legend .when {
      color: var(--text-quiet);
      font-size: var(--size-12);
      font-variant-numeric: tabular-nums;
    }
    .legend .each {
      display: inline-flex;
      align-items: center;
      gap: 6px;
    }
    .legend b {
      font-weight: var(--strong);
      font-variant-numeric: tabular-nums;
    }
    .swatch {
      inline-size: 12px;
      block-size: 12px;
      border: 1px solid currentColor;
      border-radius: 3px;
    }
    .approved {
      color: var(--green-line);
      background: currentColor;
    }
    .review {
      color: var(--amber-line);
      background: repeating-linear-gradient(-45deg, currentColor 0 2px, var(--ground) 2px 4px);
    }
    .declined {
      color: var(--red-line);
      background:
        repeating-linear-gradient(45deg, transparent 0 3px, var(--ground) 3px 4px),
        repeating-linear-gradient(-45deg, transparent 0 3px, var(--ground) 3px 4px), currentColor;
    }
    .axis {
      color: var(--text-quiet);
      font-size: var(--size-12);
    }
    .grid {
      color: var(--hairline);
    }
    .paper {
      color: var(--ground);
    }
    @media (forced-colors: active) {
      .swatch {
        forced-color-adjust: none;
        color: CanvasText;
      }
      .axis,
      .grid {
        forced-color-adjust: none;
        color: CanvasText;
      }
      .paper {
        forced-color-adjust: none;
        color: Canvas;
      }
    }

    /* Its height is its own, whatever is in it: what is drawn follows it, never the other way round. */
    .plot {
      block-size: var(--plot-height, 232px);
      overflow: hidden;
    }
    .table {
      max-block-size: 420px;
      overflow-y: auto;
    }
    .table thead th {
      position: sticky;
      inset-block-start: 0;
      background: var(--ground);
    }

    /* What uPlot needs of its own sheet, within this shadow root. */
    .uplot {
      position: relative;
      inline-size: min-content;
      /* Its places are counted from the left, whatever the page's direction. */
      direction: ltr;
    }
    .u-wrap {
      position: relative;
      user-select: none;
    }
    .u-over,
    .u-under,
    .u-axis,
    .u-select {
      position: absolute;
    }
    .u-select {
      pointer-events: none;
    }
    .uplot canvas {
      display: block;
      position: relative;
      inline-size: 100%;
      block-size: 100%;
    }
    .u-cursor-x {
      position: absolute;
      inset: 0 auto auto 0;
      block-size: 100%;
      border-inline-end: 1px solid var(--n-8);
      pointer-events: none;
      will-change: transform;
    }
    .u-cursor-y,
    .u-off {
      display: none;
    }
  `,
]

import { css } from 'lit'
import { barRowsStyles } from './parts/bar-rows.ts'
import { sectionStyles } from './parts/section-styles.ts'

export const overviewStyles = [
  sectionStyles,
  barRowsStyles,
  css`
    :host {
      container-type: inline-size;
    }
    .filters {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--space-8);
      padding: var(--space-12) var(--space-24);
      border-block-end: 1px solid var(--hairline);
    }
    .periods {
      display: flex;
    }
    .periods .button {
      border-radius: 0;
      margin-inline-start: -1px;
      padding-inline: 10px;
    }
    .periods .button[aria-pressed='true'] {
      position: relative;
    }
    .periods .button:first-child {
      margin: 0;
      border-start-start-radius: var(--radius-control);
      border-end-start-radius: var(--radius-control);
    }
    .periods .button:last-child {
      border-start-end-radius: var(--radius-control);
      border-end-end-radius: var(--radius-control);
    }
    .as-of {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--space-8);
      margin-inline-start: auto;
      color: var(--text-quiet);
      font-size: var(--size-12);
      font-variant-numeric: tabular-nums;
    }
    .as-of.failed {
      color: var(--red-text);
    }
    .old {
      opacity: 0.6;
    }
    .figures {
      transition: opacity var(--steady) var(--ease);
    }
    /* The hairlines between the parts are the ground seen through the gaps, however many stand in a row. */
    .parts {
      display: grid;
      grid-template-columns: repeat(4, minmax(0, 1fr));
      gap: 1px;
      background: var(--hairline);
      border-block-end: 1px solid var(--hairline);
    }
    .parts section {
      background: var(--ground);
    }
    section {
      min-inline-size: 0;
      padding: var(--space-24);
    }
    sv-decisions-chart {
      padding: var(--space-24);
      border-block-end: 1px solid var(--hairline);
    }
    .more {
      margin-block: var(--space-12) 0;
    }
    /* On a very wide screen the chart takes half of it, the rest stands beside. */
    @container (min-width: 1800px) {
      .figures {
        display: grid;
        grid-template-columns: minmax(0, 1.1fr) minmax(0, 1fr);
      }
      sv-main-figures {
        grid-column: 1 / -1;
      }
      sv-decisions-chart {
        --plot-height: 440px;
        border-inline-end: 1px solid var(--hairline);
      }
      .parts {
        grid-template-columns: repeat(2, minmax(0, 1fr));
      }
    }
    @container (max-width: 1299.98px) {
      .parts {
        grid-template-columns: repeat(2, minmax(0, 1fr));
      }
    }
    @container (max-width: 639.98px) {
      .filters,
      section,
      sv-decisions-chart {
        padding-inline: var(--space-16);
      }
      .parts {
        grid-template-columns: minmax(0, 1fr);
      }
      .filters .select {
        flex: 1 1 0;
        min-inline-size: 108px;
      }
      .periods,
      .periods .button {
        flex: 1 1 auto;
      }
      .periods {
        flex-basis: 100%;
      }
      .as-of {
        margin-inline-start: 0;
      }
    }
  `,
]

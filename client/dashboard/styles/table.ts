import { css } from 'lit'

/** A plain table: hairlines, quiet heads, figures to the end. */
export const tableStyles = css`
  table {
    inline-size: 100%;
    border-collapse: collapse;
    font-size: var(--size-13);
  }
  th,
  td {
    padding: 7px var(--space-12) 7px 0;
    border-block-end: 1px solid var(--hairline);
    font-weight: var(--regular);
    text-align: start;
    vertical-align: baseline;
    overflow-wrap: anywhere;
  }
  :is(th, td):last-child {
    padding-inline-end: 0;
  }
  thead th {
    color: var(--text-quiet);
    font-size: var(--size-12);
    font-weight: var(--medium);
  }
  tbody tr:last-child > * {
    border-block-end: 0;
  }
  .number {
    text-align: end;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  thead .number {
    white-space: normal;
  }
`

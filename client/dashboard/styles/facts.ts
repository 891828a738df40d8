import { css } from 'lit'

export const factsStyles = css`
  .top {
    display: grid;
    justify-items: start;
    gap: var(--space-8);
    margin-block-end: var(--space-16);
  }
  .next {
    font-size: var(--size-16);
    font-weight: var(--medium);
    line-height: 1.4;
    text-wrap: pretty;
  }
  .overdue {
    display: flex;
    align-items: center;
    gap: 6px;
    margin-block-start: var(--space-4);
    color: var(--amber-text);
    font-size: var(--size-13);
  }
  .flag {
    display: flex;
    gap: var(--space-8);
    margin-block-end: var(--space-16);
    padding: var(--space-12);
    border: 1px solid var(--amber-line);
    border-radius: var(--radius-panel);
    background: var(--amber-soft);
    color: var(--amber-text);
    font-size: var(--size-13);
  }
  .flag .icon {
    margin-block-start: 2px;
  }
  strong {
    font-weight: var(--strong);
  }
  dl {
    display: grid;
    font-size: var(--size-13);
  }
  dl > div {
    display: grid;
    /* So narrow that an id of ours is whole in one line of the narrowest panel that stands beside its list. */
    grid-template-columns: 104px minmax(0, 1fr);
    gap: var(--space-12);
    align-items: baseline;
    padding-block: 6px;
    border-block-end: 1px solid var(--hairline);
  }
  dl > div:last-child {
    border-block-end: 0;
  }
  dt {
    color: var(--text-quiet);
  }
  dd {
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .origin {
    display: block;
    color: var(--text-quiet);
    font-size: var(--size-12);
  }
  .origin a {
    color: inherit;
    text-decoration-color: var(--n-8);
    text-underline-offset: 2px;
  }
  .origin a:hover {
    color: var(--accent-text);
  }
  .ways {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-8);
    margin-block-start: var(--space-12);
  }
  /* With 400 % zoom, words stand above their values. */
  @media (max-width: 359.98px) {
    dl > div {
      grid-template-columns: minmax(0, 1fr);
      gap: 0;
    }
  }
`

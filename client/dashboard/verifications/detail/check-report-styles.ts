import { css } from 'lit'

export const checkReportStyles = css`
  h3 {
    font-size: var(--size-14);
    font-weight: var(--strong);
  }
  .sum {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-4) var(--space-16);
    margin-block: var(--space-4) var(--space-12);
    font-size: var(--size-13);
  }
  .group {
    display: grid;
    grid-template-columns: 104px minmax(0, 1fr);
    gap: var(--space-12);
    padding-block: var(--space-8);
    border-block-start: 1px solid var(--hairline);
    font-size: var(--size-13);
  }
  h4 {
    margin: 0;
    color: var(--text-quiet);
    font-size: inherit;
    font-weight: var(--regular);
  }
  li {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--space-12);
  }
  li + li,
  details ul {
    margin-block-start: var(--space-4);
  }
  .name {
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .result {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    color: var(--text-hue);
    font-weight: var(--medium);
    white-space: nowrap;
  }
  .icon {
    inline-size: 14px;
    block-size: 14px;
    color: var(--line);
  }
  details {
    margin-block-start: var(--space-4);
  }
  summary {
    min-block-size: 24px;
    inline-size: fit-content;
    border-radius: 4px;
    color: var(--accent-text);
    cursor: pointer;
  }
  .origin {
    margin-block-start: 2px;
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
  .missing {
    padding-block: var(--space-8);
    border-block-start: 1px solid var(--hairline);
    color: var(--text-quiet);
    font-size: var(--size-13);
    text-wrap: pretty;
  }
  @media (max-width: 359.98px) {
    .group {
      grid-template-columns: minmax(0, 1fr);
      gap: var(--space-4);
    }
  }
`

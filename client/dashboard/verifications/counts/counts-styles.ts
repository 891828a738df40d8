import { css } from 'lit'

export const countsStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    container-type: inline-size;
    border-block-end: 1px solid var(--hairline);
  }
  .groups {
    display: grid;
    grid-template-columns: minmax(0, 2.3fr) repeat(3, minmax(0, 0.65fr)) minmax(0, 2.3fr);
    padding-inline: var(--space-12);
  }
  section {
    display: flex;
    flex-direction: column;
    gap: var(--space-4);
    min-inline-size: 0;
    padding: var(--space-12) var(--space-4);
  }
  section + section {
    border-inline-start: 1px solid var(--hairline);
  }
  button {
    border: 0;
    border-radius: var(--radius-control);
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
  }
  button:hover {
    background: var(--n-3);
  }
  button[aria-pressed='true'] {
    background: var(--accent-soft);
    color: var(--accent-text);
  }
  .head {
    display: grid;
    grid-template-columns: auto 1fr;
    align-items: baseline;
    column-gap: var(--space-8);
    padding: var(--space-4) var(--space-8);
  }
  .name {
    grid-column: 1 / -1;
    display: flex;
    align-items: center;
    gap: 6px;
    color: var(--text-quiet);
    font-size: var(--size-12);
    font-weight: var(--medium);
    white-space: nowrap;
  }
  [aria-pressed='true'] .name {
    color: inherit;
  }
  .icon {
    inline-size: 14px;
    block-size: 14px;
    color: var(--line);
  }
  .figure {
    padding-inline: 2px;
    margin-inline: -2px;
    border-radius: 4px;
    font-size: var(--size-28);
    font-weight: var(--strong);
    font-variant-numeric: tabular-nums;
    letter-spacing: -0.02em;
    line-height: 1.25;
  }
  .overdue {
    unicode-bidi: plaintext;
    display: inline-flex;
    align-items: center;
    gap: 4px;
    color: var(--amber-text);
    font-size: var(--size-12);
    font-weight: var(--medium);
    white-space: nowrap;
  }
  .overdue .icon {
    color: var(--amber-line);
  }
  ul {
    display: flex;
    flex-wrap: wrap;
  }
  .status {
    display: flex;
    align-items: center;
    gap: 4px;
    min-block-size: 24px;
    padding: 0 6px 0 var(--space-8);
    color: var(--text-quiet);
    font-size: var(--size-12);
    white-space: nowrap;
  }
  .count {
    color: var(--text);
    font-weight: var(--medium);
    font-variant-numeric: tabular-nums;
  }
  [aria-pressed='true'] .count {
    color: inherit;
  }
  .skeleton {
    display: inline-block;
    inline-size: 48px;
    block-size: 20px;
    border-radius: 4px;
    background: var(--n-4);
  }

  @container (max-width: 1019.98px) {
    .groups {
      grid-template-columns: repeat(5, minmax(0, 1fr));
    }
    /* Beside an open verification they stand higher than they need to. */
    section {
      justify-content: center;
    }
    ul {
      display: none;
    }
    .overdue {
      grid-column: 1 / -1;
    }
  }
  /* On a phone they take two lines, and longer words break: nothing is beyond the edge. */
  @container (max-width: 599.98px) {
    .groups {
      grid-template-columns: repeat(6, minmax(0, 1fr));
      padding-inline: var(--space-8);
    }
    section {
      grid-column: span 2;
      padding-block: var(--space-4);
    }
    section:nth-child(n + 4) {
      grid-column: span 3;
      border-block-start: 1px solid var(--hairline);
    }
    section:nth-child(4) {
      border-inline-start: 0;
    }
    .head {
      inline-size: 100%;
      padding-inline: var(--space-4);
    }
    .name {
      white-space: normal;
      hyphens: auto;
      overflow-wrap: anywhere;
    }
    .figure {
      font-size: var(--size-20);
    }
  }
  @media (forced-colors: active) {
    button[aria-pressed='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`

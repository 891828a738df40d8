import { css } from 'lit'

/** Beside each other where there is room: who it is, and what happened. */
export const userStyles = css`
  :host {
    padding: var(--space-24);
  }
  .whole {
    display: grid;
    gap: var(--space-32) var(--space-48);
    max-inline-size: 1280px;
  }
  .whole > * {
    min-inline-size: 0;
  }
  .kinds {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-8);
    margin-block-end: var(--space-24);
  }
  .count {
    color: var(--text-quiet);
    font-variant-numeric: tabular-nums;
    font-weight: var(--regular);
  }
  [aria-pressed='true'] .count {
    color: inherit;
  }
  .cut {
    margin-block-end: var(--space-16);
    font-size: var(--size-13);
  }
  .word {
    color: var(--text-hue);
    overflow-wrap: anywhere;
  }
  .note {
    color: var(--text-hue);
    font-size: var(--size-13);
  }
  /* Two links may stand one above the other: each is as high as a finger needs. */
  .more a {
    padding-block: 4px;
  }
  .standing {
    display: inline-flex;
    align-items: center;
    gap: var(--space-8);
    margin-inline-end: var(--space-16);
  }
  .title a {
    font-weight: var(--medium);
  }
  @media (min-width: 1100px) {
    .whole {
      grid-template-columns: minmax(280px, 360px) minmax(0, 1fr);
    }
    .who {
      position: sticky;
      inset-block-start: calc(var(--title-line) + var(--space-24));
      align-self: start;
    }
  }
  @media (max-width: 719.98px) {
    :host {
      padding: var(--space-16);
    }
  }
`

import { css } from 'lit'

/** Rows and their heads; which columns there are, and how wide, the list itself says in `.line`. */
export const rowStyles = css`
  :host {
    container-type: inline-size;
    /* Where rows enter above, the list itself keeps the eye's place; the browser doing it too would move twice. */
    overflow-anchor: none;
  }
  [role='grid'] {
    border-radius: 2px;
  }
  [role='grid']:focus-visible {
    outline: none;
  }
  .line {
    display: grid;
    align-items: center;
    column-gap: var(--space-16);
    padding-inline: var(--space-24);
    font-size: var(--size-13);
  }
  .heads {
    position: sticky;
    inset-block-start: var(--title-line);
    z-index: 2;
    block-size: 32px;
    border-block-end: 1px solid var(--hairline);
    background: var(--ground);
    color: var(--text-quiet);
    font-size: var(--size-12);
    font-weight: var(--medium);
  }
  .rows {
    position: relative;
    contain: layout style;
    overflow: clip;
  }
  .row {
    position: absolute;
    inset-block-start: 0;
    inset-inline: 0;
    block-size: var(--row);
    contain: strict;
    border-block-end: 1px solid var(--hairline);
    cursor: pointer;
  }
  .row:hover {
    background: var(--n-2);
  }
  .row[aria-selected='true'] {
    background: var(--accent-soft);
  }
  .row.active {
    box-shadow: inset 3px 0 var(--accent-line);
  }
  :host(:dir(rtl)) .row.active {
    box-shadow: inset -3px 0 var(--accent-line);
  }
  [role='grid']:focus-visible .row.active {
    outline: 2px solid var(--focus);
    outline-offset: -2px;
  }
  .row[aria-selected='true'] .quiet {
    color: var(--text);
  }
  /* The button's own padding stands outside, so that ids line up with their head. */
  .id-button {
    margin-inline-start: -6px;
  }
  .lead a {
    color: var(--text);
    font-weight: var(--medium);
    text-decoration: none;
  }
  /* Its cell cuts off what stands out. */
  .lead a:focus-visible {
    border-radius: 4px;
    outline-offset: -2px;
  }
  .lead a .quiet {
    font-weight: var(--regular);
  }
  .row:hover .lead a {
    text-decoration: underline;
    text-decoration-color: var(--n-8);
    text-underline-offset: 3px;
  }
  .above {
    position: sticky;
    inset-block-start: calc(var(--title-line) + 40px);
    z-index: 2;
    display: grid;
    justify-items: center;
    block-size: 0;
  }
  .above .button {
    border-radius: 16px;
    box-shadow: var(--shadow-float);
  }

  @container (max-width: 559.98px) {
    .line {
      column-gap: var(--space-12);
      padding-inline: var(--space-16);
    }
  }
  @media (max-height: 479.98px) {
    .heads {
      position: static;
    }
  }
  @media (forced-colors: active) {
    .row.active,
    .row[aria-selected='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`

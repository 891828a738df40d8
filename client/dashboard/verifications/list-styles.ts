import { css } from 'lit'

export const listStyles = css`
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
    grid-template-columns:
      152px minmax(130px, 320px) minmax(150px, 240px) minmax(110px, 220px) minmax(72px, 120px) minmax(88px, 140px)
      minmax(88px, 140px);
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
    overflow: clip;
  }
  .row {
    position: absolute;
    inset-block-start: 0;
    inset-inline: 0;
    block-size: var(--row);
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
  .user a {
    color: var(--text);
    font-weight: var(--medium);
    text-decoration: none;
  }
  .user a .quiet {
    font-weight: var(--regular);
  }
  .row:hover .user a {
    text-decoration: underline;
    text-decoration-color: var(--n-8);
    text-underline-offset: 3px;
  }
  .status {
    display: flex;
    gap: var(--space-4);
    align-items: center;
  }
  .foreign {
    padding: 0 4px;
    border: 1px dashed var(--amber-line);
    border-radius: 4px;
    color: var(--amber-text);
    font-size: var(--size-12);
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

  /* Columns leave in this order as the list narrows: vendor, workflow, changed, vendor id. */
  @container (max-width: 959.98px) {
    .line {
      grid-template-columns: 152px minmax(130px, 320px) minmax(150px, 240px) minmax(110px, 220px) 88px 88px;
    }
    .vendor {
      display: none;
    }
  }
  @container (max-width: 819.98px) {
    .line {
      grid-template-columns: 152px minmax(120px, 1fr) minmax(150px, 220px) 88px 88px;
    }
    .workflow {
      display: none;
    }
  }
  @container (max-width: 679.98px) {
    .line {
      grid-template-columns: 144px minmax(100px, 1fr) minmax(140px, 180px) 84px;
    }
    .updatedAt {
      display: none;
    }
  }
  @container (max-width: 559.98px) {
    .line {
      grid-template-columns: minmax(112px, max-content) minmax(0, 1fr) auto;
      column-gap: var(--space-12);
      padding-inline: var(--space-16);
    }
    .vendorId {
      display: none;
    }
    .createdAt {
      text-align: end;
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

import { css } from 'lit'

export const operatorsStyles = css`
  :host {
    container-type: inline-size;
    padding: var(--space-24);
  }
  section + section {
    margin-block-start: var(--space-48);
  }
  h2 {
    font-size: var(--size-16);
    font-weight: var(--strong);
  }
  .lead {
    margin-block-start: var(--space-4);
    color: var(--text-quiet);
    font-size: var(--size-13);
    text-wrap: pretty;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    justify-content: space-between;
    gap: var(--space-12);
    margin-block-end: var(--space-12);
  }
  ul {
    border-block-end: 1px solid var(--hairline);
    font-size: var(--size-13);
  }
  li {
    display: grid;
    align-items: center;
    gap: 0 var(--space-16);
    min-block-size: 44px;
    padding-block: var(--space-4);
    border-block-start: 1px solid var(--hairline);
  }
  .sessions li {
    grid-template-columns: minmax(0, 1.4fr) minmax(0, 1fr) 120px 120px 148px;
  }
  .audit li {
    grid-template-columns: 108px minmax(0, 1fr) minmax(0, 1.4fr) minmax(0, 1fr);
  }
  .columns {
    min-block-size: 32px;
    border: 0;
    color: var(--text-quiet);
    font-size: var(--size-12);
  }
  .name {
    font-weight: var(--medium);
  }
  .role {
    display: block;
    color: var(--text-quiet);
    font-size: var(--size-12);
  }
  .ways {
    display: flex;
    justify-content: end;
    gap: var(--space-8);
  }
  .here {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    color: var(--green-text);
    font-size: var(--size-12);
    font-weight: var(--medium);
  }
  .sure {
    border-color: var(--red-line);
    color: var(--red-text);
  }
  a {
    color: var(--accent-text);
  }
  .about {
    overflow-wrap: anywhere;
  }
  .said {
    min-block-size: 20px;
    margin-block-start: var(--space-8);
    color: var(--text-quiet);
    font-size: var(--size-13);
  }
  .more {
    margin-block-start: var(--space-12);
  }
  @container (max-width: 859.98px) {
    .columns {
      display: none;
    }
    .sessions li {
      grid-template-columns: minmax(0, 1fr) auto;
      padding-block: var(--space-8);
    }
    .sessions li > :not(.ways) {
      grid-column: 1;
    }
    .sessions .ways {
      grid-column: 2;
      grid-row: 1 / span 4;
    }
    .audit li {
      grid-template-columns: minmax(0, 1fr);
      gap: 2px;
      padding-block: var(--space-8);
    }
    .small {
      display: inline;
    }
  }
  @container (min-width: 860px) {
    .small {
      display: none;
    }
  }
  @media (max-width: 719.98px) {
    :host {
      padding-inline: var(--space-16);
    }
  }
`

import { css } from 'lit'

export const listFiltersStyles = css`
  :host {
    container-type: inline-size;
  }
  .filters {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--space-8);
  }
  .chosen-ones {
    display: contents;
  }
  .gap {
    flex: 1;
  }
  .select .field {
    max-inline-size: 190px;
  }
  .search {
    position: relative;
    flex: 1 1 260px;
    max-inline-size: 460px;
  }
  .search > .icon {
    position: absolute;
    inset-block: 0;
    inset-inline-start: 10px;
    margin-block: auto;
    color: var(--text-quiet);
    pointer-events: none;
  }
  .search .field {
    padding-inline: 34px 40px;
    text-overflow: ellipsis;
  }
  .search input::-webkit-search-cancel-button {
    display: none;
  }
  kbd,
  .clear {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 6px;
    margin-block: auto;
    block-size: 20px;
    pointer-events: none;
  }
  .clear {
    block-size: 24px;
    min-block-size: 24px;
    inline-size: 24px;
    pointer-events: auto;
  }
  .fold {
    display: none;
  }
  /* Its place is kept, so that the first filter moves nothing. */
  .unoffered {
    visibility: hidden;
  }
  @media (pointer: coarse) {
    kbd {
      display: none;
    }
  }
  /* Where one line is not enough, the search and what is slotted take the first, the filters the second. */
  @container (max-width: 1239.98px) {
    .search {
      flex: 1 1 0;
      min-inline-size: calc(100% - 240px);
      max-inline-size: none;
    }
    .gap {
      display: none;
    }
    ::slotted(*),
    .filters > .square,
    sv-saved-views {
      order: 1;
    }
    .chosen-ones > * {
      order: 2;
    }
  }
  /* On a phone, and beside an open verification, the filters fold behind a button that says how many are chosen. */
  @container (max-width: 719.98px) {
    .search {
      min-inline-size: min(100%, 180px);
    }
    .filters > .fold {
      display: inline-flex;
      order: 1;
    }
    .chosen-ones {
      display: none;
    }
    .chosen-ones.open {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(136px, 1fr));
      gap: var(--space-8);
      order: 3;
      inline-size: 100%;
    }
    .select,
    .select .field {
      inline-size: 100%;
      max-inline-size: none;
    }
  }
`

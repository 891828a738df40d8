import { css } from 'lit'

export const deliveryListStyles = css`
  .line {
    grid-template-columns:
      136px minmax(200px, 320px) minmax(88px, 110px) minmax(130px, 200px) 128px 64px minmax(88px, 110px);
  }
  .bytes {
    text-align: end;
    font-variant-numeric: tabular-nums;
  }

  .name {
    display: flex;
  }
  .name > * {
    flex: none;
  }
  .name > .cut-off {
    flex: 0 1 auto;
    min-inline-size: 0;
  }
  .short {
    display: none;
  }
  .group {
    color: var(--text-quiet);
  }

  /* Columns leave in this order as the list narrows: id, bytes, then source and reason. */
  @container (max-width: 1159.98px) {
    .group {
      display: none;
    }
  }
  @container (max-width: 1039.98px) {
    .line {
      grid-template-columns: 136px minmax(200px, 1fr) minmax(88px, 120px) minmax(120px, 200px) 64px 88px;
    }
    .id {
      display: none;
    }
  }
  @container (max-width: 819.98px) {
    .line {
      grid-template-columns: 136px minmax(160px, 1fr) 96px minmax(110px, 160px) 88px;
    }
    .bytes {
      display: none;
    }
  }
  @container (max-width: 679.98px) {
    .line {
      grid-template-columns: 136px minmax(120px, 1fr) 84px;
    }
    .source,
    .reason {
      display: none;
    }
  }
  @container (max-width: 559.98px) {
    .line {
      grid-template-columns: 120px minmax(0, 1fr) 80px;
    }
    .receivedAt {
      text-align: end;
    }
    .long {
      display: none;
    }
    .short {
      display: inline;
    }
  }
`

import { css } from 'lit'

export const verificationListStyles = css`
  .line {
    grid-template-columns:
      152px minmax(130px, 320px) minmax(150px, 240px) minmax(110px, 220px) minmax(72px, 120px) minmax(88px, 140px)
      minmax(88px, 140px);
  }
  .status {
    display: flex;
    gap: var(--space-4);
    align-items: center;
  }
  [aria-sort] {
    display: flex;
    align-items: center;
    gap: 2px;
    color: var(--text);
  }
  [aria-sort] .icon {
    inline-size: 12px;
    block-size: 12px;
  }
  .foreign {
    padding: 0 4px;
    border: 1px dashed var(--amber-line);
    border-radius: 4px;
    color: var(--amber-text);
    font-size: var(--size-12);
  }

  /* Columns leave in this order as the list narrows: vendor, workflow, the time that is not sorted by, vendor id. */
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
    .second-time {
      display: none;
    }
  }
  @container (max-width: 559.98px) {
    .line {
      grid-template-columns: 116px minmax(0, 1fr) 80px;
    }
    .vendorId {
      display: none;
    }
    .first-time {
      text-align: end;
    }
  }
`

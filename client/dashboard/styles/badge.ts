import { css } from 'lit'

/** A word with its icon in its hue: `filled` for a fact, `outlined` for less than that, `filled-outlined` for the two that stand apart. */
export const badgeStyles = css`
  .badge {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    block-size: 24px;
    padding-inline: 6px 9px;
    border: 1px solid var(--soft);
    border-radius: 12px;
    background: var(--soft);
    color: var(--text-hue);
    font-size: var(--size-12);
    font-weight: var(--medium);
    line-height: 1;
    white-space: nowrap;
  }
  .badge .icon {
    inline-size: 14px;
    block-size: 14px;
    color: var(--line);
  }
  .badge .cut {
    stroke: var(--soft);
  }
  .outlined {
    background: transparent;
  }
  .outlined,
  .filled-outlined {
    border-color: var(--line);
  }
`

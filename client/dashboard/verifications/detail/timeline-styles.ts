import { css } from 'lit'

export const timelineStyles = css`
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: var(--space-4) var(--space-16);
    margin-block-end: var(--space-12);
  }
  h3 {
    font-size: var(--size-14);
    font-weight: var(--strong);
  }
  .legend {
    display: flex;
    align-items: center;
    gap: 6px;
    color: var(--text-quiet);
    font-size: var(--size-12);
  }
  .legend .dot {
    inline-size: 10px;
    block-size: 10px;
  }
  .legend .hint {
    margin-inline-start: var(--space-8);
  }
  .dot {
    position: relative;
    z-index: 1;
    display: grid;
    place-items: center;
    inline-size: 24px;
    block-size: 24px;
    border: 1.5px solid var(--line);
    border-radius: 50%;
    background: var(--ground);
    color: var(--line);
  }
  .dot .icon {
    inline-size: 14px;
    block-size: 14px;
  }
  .report {
    background: var(--line);
    color: var(--ground);
  }
  .unrecognised {
    border-style: dashed;
  }
  .day {
    padding-block: 0 var(--space-8);
    color: var(--text-quiet);
    font-size: var(--size-12);
  }
  .entry {
    position: relative;
    display: grid;
    grid-template-columns: 24px minmax(0, 1fr) auto;
    gap: var(--space-12);
    padding-block-end: var(--space-16);
  }
  /* The line on which the dots stand; the last entry ends it. */
  .entry:not(:last-child)::before {
    content: '';
    position: absolute;
    inset-block: 24px 0;
    inset-inline-start: 11.5px;
    border-inline-start: 1px solid var(--n-7);
  }
  .title {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px var(--space-8);
    min-block-size: 24px;
    font-size: var(--size-13);
    font-weight: var(--medium);
  }
  .arrow {
    color: var(--text-quiet);
  }
  :host(:dir(rtl)) .arrow {
    scale: -1 1;
  }
  .more {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 6px;
    color: var(--text-quiet);
    font-size: var(--size-12);
    overflow-wrap: anywhere;
  }
  /* After each, so that no line begins with one. */
  .more > :not(.unseen, :last-child)::after {
    content: '·';
    display: inline-block;
    inline-size: 10px;
    text-align: end;
  }
  .more bdi {
    min-inline-size: 0;
  }
  a {
    color: inherit;
    text-decoration: underline;
    text-decoration-color: var(--n-8);
    text-underline-offset: 2px;
  }
  a:hover {
    color: var(--accent-text);
  }
  sv-time {
    padding-block-start: 3px;
    color: var(--text-quiet);
    font-size: var(--size-12);
  }
  @media (forced-colors: active) {
    .report {
      forced-color-adjust: none;
      background: CanvasText;
      border-color: CanvasText;
      color: Canvas;
    }
  }
`

import { css } from './css.ts'

/**
 * Font, colour and colour scheme are the page's. What a page may set:
 * `--seon-verify-accent`, `--seon-verify-on-accent` (its text), `--seon-verify-radius`, `--seon-verify-frame-height`.
 */
export const styles = css`
  :host {
    --accent: var(--seon-verify-accent, #1f5fd6);
    --radius: var(--seon-verify-radius, 6px);
    --line: rgb(127 127 127 / 45%);
    display: block;
  }
  :host([hidden]) {
    display: none;
  }
  * {
    box-sizing: border-box;
  }
  .box {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    line-height: 1.45;
    overflow-wrap: anywhere;
  }
  /* Both in one cell: the hidden one keeps the room of the longest moment. */
  .view,
  .sizer {
    grid-area: 1 / 1;
    display: flex;
    flex-direction: column;
    gap: 8px;
  }
  /* A button, and the gap above it as far as it is wider than the one between title and text. A button shrinks with no
     font: what is said beside it is never larger than this. */
  .sizer {
    visibility: hidden;
    /* A dialog around it is as wide as is good to read, not as these letters in one line. */
    contain: inline-size;
    contain-intrinsic-inline-size: 36em;
    font-size: max(14px, 1em);
    padding-block-end: max(48px, 1.3em + 22px);
  }
  .link {
    block-size: calc(180px + 1.75em);
  }
  .sizer p {
    padding-inline-start: 28px;
  }
  p {
    margin: 0;
  }
  .title {
    font-weight: 600;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  button {
    min-block-size: 44px;
    padding: 8px 20px;
    /* 3 : 1 on light and on dark pages. */
    border: 1px solid #7f7f7f;
    border-radius: var(--radius);
    background: transparent;
    color: inherit;
    font: inherit;
    font-weight: 500;
    line-height: 1.3;
    cursor: pointer;
  }
  button.primary {
    border-color: transparent;
    background: var(--accent);
    color: var(--seon-verify-on-accent, #fff);
  }
  button:enabled:hover {
    filter: brightness(1.08);
  }
  button:focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  button:disabled {
    opacity: 0.55;
    cursor: not-allowed;
  }
  .small {
    font-size: max(12px, 0.8125em);
  }
  .privacy {
    display: flex;
    gap: 6px;
  }
  .privacy svg {
    flex: none;
    inline-size: 1.1em;
    block-size: 1.1em;
    margin-block-start: 0.15em;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.5;
  }

  /* SEON's page needs 400 by 600 px (SDK readme); the room is kept from the start. */
  .inline {
    block-size: var(--seon-verify-frame-height, 640px);
    position: relative;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    overflow: hidden;
  }
  .inline .view {
    justify-content: center;
    inline-size: min(100% - 32px, 34em);
    margin-inline: auto;
  }
  .frame {
    position: absolute;
    inset: 0;
  }
  .below {
    margin-block-start: 8px;
    min-block-size: 44px;
  }
`

import { css } from 'lit'

/** What every element starts from: box sizes, icons, focus ring, text that only screen readers meet. */
export const base = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :host {
    display: block;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  h1,
  h2,
  h3,
  p,
  dl,
  dd,
  ol,
  ul {
    margin: 0;
    padding: 0;
  }
  ol,
  ul {
    list-style: none;
  }
  .icon {
    flex: none;
    display: block;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.5;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .icon .cut {
    stroke: var(--ground);
    stroke-width: 1.75;
  }
  :focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
  }
  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .code {
    font-family: var(--font-code);
    font-size: 0.93em;
  }
  .quiet {
    color: var(--text-quiet);
  }
  .cut-off {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
`

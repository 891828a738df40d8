import { css } from './css.ts'

/** What a click and the moments after it need on top of `styles.ts`. */
export const momentStyles = css`
  button[aria-disabled='true'] {
    position: relative;
    cursor: default;
    filter: none;
  }
  /* Within the button's padding: these styles may come after the button has changed, and nothing must move then. */
  .busy-dot {
    box-sizing: border-box;
    position: absolute;
    inset-block: 0;
    inset-inline-start: 4px;
    inline-size: 12px;
    block-size: 12px;
    margin-block: auto;
    border: 2px solid currentcolor;
    border-inline-end-color: transparent;
    border-radius: 50%;
    animation: turn 900ms linear infinite;
  }
  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }
  .message {
    display: grid;
    grid-template-columns: auto 1fr;
    column-gap: 8px;
    row-gap: 4px;
  }
  .icon {
    inline-size: 20px;
    block-size: 20px;
    margin-block-start: calc((1.45em - 20px) / 2);
    fill: none;
    stroke: var(--hue, currentcolor);
    stroke-width: 1.5;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .icon.filled circle {
    fill: var(--hue);
    stroke: none;
  }
  .icon.filled path {
    stroke: #fff;
    stroke-width: 1.75;
  }
  .approved {
    --hue: #15803d;
  }
  .review {
    --hue: #b45309;
  }
  .declined,
  .error {
    --hue: #c81e1e;
  }
  .expired,
  .abandoned {
    --hue: #6b7280;
  }
  .text {
    grid-column: 2;
  }
  /* Dark on light in both schemes: many readers see no other. */
  a.primary {
    align-self: start;
    padding: 11px 20px;
    border: 1px solid transparent;
    border-radius: var(--radius);
    background: var(--accent);
    color: var(--seon-verify-on-accent, #fff);
    font-weight: 500;
    line-height: 1.3;
    text-decoration: none;
  }
  .qr {
    inline-size: 164px;
    fill: #000;
    shape-rendering: crispedges;
  }
  .qr rect {
    fill: #fff;
  }
  a {
    color: inherit;
    inline-size: fit-content;
    padding-block: 4px;
  }
  .message:focus {
    outline: none;
  }
  .skeleton {
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: 12px;
  }
  .skeleton i {
    inline-size: min(70%, 260px);
    block-size: 12px;
    border-radius: var(--radius);
    background: currentcolor;
    opacity: 0.12;
  }
  .skeleton i:first-of-type {
    block-size: 140px;
  }
  @media (prefers-reduced-motion: reduce) {
    .busy-dot {
      animation: none;
    }
  }
  @media (forced-colors: active) {
    .icon {
      --hue: canvastext;
    }
    .icon.filled circle {
      fill: canvas;
      stroke: canvastext;
    }
    .icon.filled path {
      stroke: canvastext;
    }
  }
`

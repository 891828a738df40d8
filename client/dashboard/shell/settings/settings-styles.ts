import { css } from 'lit'

export const settingsStyles = css`
  .open {
    display: flex;
    align-items: center;
    gap: var(--space-8);
    inline-size: 100%;
    min-block-size: 40px;
    padding: 0 var(--space-8);
    border: 0;
    border-radius: var(--radius-control);
    background: none;
    color: var(--text-quiet);
    font-weight: var(--medium);
    cursor: pointer;
  }
  .open:hover {
    background: var(--n-4);
    color: var(--text);
  }
  .float {
    inset-block-end: 60px;
    inset-inline-start: var(--space-12);
    inline-size: min(280px, calc(100vw - 24px));
    max-block-size: calc(100dvh - 80px);
    overflow: auto;
  }
  .who {
    padding: var(--space-4) var(--space-8) var(--space-8);
    font-size: var(--size-13);
    font-weight: var(--medium);
  }
  .who span {
    display: block;
    font-size: var(--size-12);
    font-weight: var(--regular);
  }
  fieldset {
    margin: 0 0 var(--space-8);
    padding: 0 var(--space-8);
    border: 0;
  }
  legend {
    padding: 0 0 var(--space-4);
    color: var(--text-quiet);
    font-size: var(--size-12);
  }
  .choice {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: 1fr;
  }
  .choice .button {
    gap: 6px;
    padding: 0 var(--space-4);
    border-radius: 0;
    font-size: var(--size-12);
  }
  .choice .button + .button {
    margin-inline-start: -1px;
  }
  .choice .button:first-child {
    border-start-start-radius: var(--radius-control);
    border-end-start-radius: var(--radius-control);
  }
  .choice .button:last-child {
    border-start-end-radius: var(--radius-control);
    border-end-end-radius: var(--radius-control);
  }
  .choice .button[aria-pressed='true'] {
    z-index: 1;
    position: relative;
  }
  .choice .icon {
    inline-size: 14px;
    block-size: 14px;
  }
  .line {
    display: flex;
    align-items: center;
    justify-content: start;
    gap: var(--space-8);
    inline-size: 100%;
    min-block-size: 32px;
    padding: 0 var(--space-8);
    font-size: var(--size-13);
    cursor: pointer;
  }
  .line input {
    inline-size: 16px;
    block-size: 16px;
    margin: 0;
    accent-color: var(--accent-solid);
  }
  hr {
    margin: var(--space-8) calc(-1 * var(--space-8));
    border: 0;
    border-block-start: 1px solid var(--hairline);
  }
  @media (max-width: 1279.98px) {
    .open {
      inline-size: 40px;
      justify-content: center;
    }
    .open .icon {
      inline-size: 18px;
      block-size: 18px;
    }
    .word {
      display: none;
    }
  }
  @media (max-width: 719.98px) {
    .open {
      inline-size: 56px;
      min-block-size: 48px;
    }
    .float {
      inset-inline: auto var(--space-12);
      inset-block-end: calc(var(--bar) + var(--space-8) + env(safe-area-inset-bottom));
    }
  }
`

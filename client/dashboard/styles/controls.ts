import { css } from 'lit'

/** Buttons, fields and selects; one height, one line, one radius. */
export const controls = css`
  button,
  input,
  select,
  .button {
    font: inherit;
    font-size: var(--size-13);
    color: inherit;
    letter-spacing: inherit;
  }
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--space-8);
    min-block-size: var(--control);
    padding: 0 var(--space-12);
    border: 1px solid var(--n-7);
    border-radius: var(--radius-control);
    background: var(--ground-float);
    font-weight: var(--medium);
    text-decoration: none;
    unicode-bidi: plaintext;
    white-space: nowrap;
    cursor: pointer;
    transition:
      background-color var(--quick) var(--ease),
      border-color var(--quick) var(--ease);
  }
  .button:hover {
    background: var(--n-3);
  }
  .button:active {
    background: var(--n-4);
  }
  .button:disabled {
    color: var(--text-quiet);
    background: var(--n-3);
    cursor: not-allowed;
  }
  .button.main {
    border-color: transparent;
    background: var(--accent-solid);
    color: var(--accent-on);
  }
  .button.main:hover {
    background: var(--accent-solid-hover);
  }
  .button.main:disabled {
    background: var(--n-4);
    color: var(--text-quiet);
  }
  .button.plain {
    border-color: transparent;
    background: transparent;
  }
  .button.plain:hover {
    background: var(--n-4);
  }
  .button.square {
    inline-size: var(--control);
    padding: 0;
  }
  .button[aria-pressed='true'] {
    border-color: var(--accent-line);
    background: var(--accent-soft);
    color: var(--accent-text);
  }
  .field {
    min-block-size: var(--control);
    inline-size: 100%;
    padding: 0 var(--space-12);
    border: 1px solid var(--control-line);
    border-radius: var(--radius-control);
    background: var(--ground-float);
  }
  .field::placeholder {
    color: var(--text-quiet);
    opacity: 1;
  }
  .select {
    position: relative;
    display: inline-flex;
  }
  .select .field {
    appearance: none;
    padding-inline: 10px 30px;
    text-overflow: ellipsis;
    cursor: pointer;
  }
  .select .icon {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 8px;
    margin-block: auto;
    color: var(--text-quiet);
    pointer-events: none;
  }
  .select .chosen {
    border-color: var(--accent-line);
    background: var(--accent-soft);
    color: var(--accent-text);
  }
  .field:focus-visible {
    outline-offset: -1px;
    border-color: var(--focus);
  }
  kbd {
    display: inline-block;
    min-inline-size: 20px;
    padding: 0 var(--space-4);
    border: 1px solid var(--n-7);
    border-radius: 4px;
    background: var(--n-2);
    color: var(--text-quiet);
    font: var(--medium) var(--size-12) / 18px var(--font);
    text-align: center;
  }
  @media (pointer: coarse) {
    .button,
    .field {
      min-block-size: 40px;
    }
    .button.square {
      inline-size: 40px;
    }
  }
  @media (forced-colors: active) {
    .button[aria-pressed='true'] {
      border-width: 2px;
      border-color: Highlight;
    }
  }
`

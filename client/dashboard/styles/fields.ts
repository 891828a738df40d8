import { css } from 'lit'

/** Fields under their labels, and radio buttons that look like one control (parts/fields). */
export const fields = css`
  label {
    display: grid;
    gap: var(--space-4);
    align-content: start;
    min-inline-size: 0;
    font-size: var(--size-13);
    font-weight: var(--medium);
  }
  label .select {
    display: flex;
  }
  label .select .field {
    inline-size: 100%;
  }
  label .field {
    font-weight: var(--regular);
  }
  .hint {
    color: var(--text-quiet);
    font-size: var(--size-12);
    font-weight: var(--regular);
    overflow-wrap: anywhere;
  }
  .problem {
    color: var(--red-text);
    font-size: var(--size-13);
  }
  fieldset {
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    padding: 0 0 var(--space-4);
    font-size: var(--size-13);
    font-weight: var(--medium);
  }
  .segments {
    display: flex;
    flex-wrap: wrap;
  }
  .segments .button {
    position: relative;
    border-radius: 0;
    border-color: var(--control-line);
    font-weight: var(--regular);
  }
  .segments .button + .button {
    margin-inline-start: -1px;
  }
  .segments .button:first-child {
    border-start-start-radius: var(--radius-control);
    border-end-start-radius: var(--radius-control);
  }
  .segments .button:last-child {
    border-start-end-radius: var(--radius-control);
    border-end-end-radius: var(--radius-control);
  }
  .segments .button:has(:checked) {
    z-index: 1;
    border-color: var(--accent-line);
    background: var(--accent-soft);
    color: var(--accent-text);
    font-weight: var(--medium);
  }
  .segments .button:has(:focus-visible) {
    z-index: 2;
    outline: 2px solid var(--focus);
    outline-offset: 2px;
  }
  @media (forced-colors: active) {
    .segments .button:has(:checked) {
      outline: 2px solid Highlight;
      outline-offset: -3px;
    }
  }
`

import { css } from 'lit'

/** What floats above the page: menus and notes (popovers) and dialogs. The one shadow there is. */
export const floats = css`
  .float {
    margin: 0;
    padding: var(--space-8);
    border: 1px solid var(--hairline);
    border-radius: var(--radius-panel);
    background: var(--ground-float);
    color: var(--text);
    box-shadow: var(--shadow-float);
  }
  .float:where([popover]) {
    position: fixed;
    inset: auto;
  }
  dialog.float {
    inset: 0;
    margin: auto;
    max-inline-size: min(560px, calc(100vw - 32px));
    max-block-size: calc(100dvh - 32px);
    padding: var(--space-24);
    overflow: auto;
  }
  dialog.float h2 {
    margin-block-end: var(--space-4);
    font-size: var(--size-16);
    font-weight: var(--strong);
  }
  dialog.float::backdrop {
    background: var(--veil);
  }
`

import { css } from 'lit'

/** A detail: a column beside its list that keeps its place while the list scrolls, or a sheet over everything. */
export const panelStyles = css`
  :host([beside]) {
    position: sticky;
    inset-block-start: var(--title-line);
    align-self: start;
    block-size: calc(100dvh - var(--title-line));
    border-inline-start: 1px solid var(--hairline);
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  dialog {
    margin: 0;
    padding: 0;
    border: 0;
    background: var(--ground);
    color: var(--text);
  }
  :host([beside]) dialog {
    position: static;
    inline-size: auto;
    block-size: auto;
  }
  dialog:modal {
    inset: 0;
    inset-inline-start: auto;
    inline-size: min(560px, 100%);
    max-inline-size: 100%;
    block-size: 100dvh;
    max-block-size: 100dvh;
    border-inline-start: 1px solid var(--hairline);
    box-shadow: var(--shadow-float);
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  dialog::backdrop {
    background: var(--veil);
  }
  .sheet {
    container-type: inline-size;
    min-block-size: 100%;
  }
  .head {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--space-8);
    min-block-size: 48px;
    padding-inline: var(--space-24) var(--space-12);
    background: var(--ground);
  }
  .head > [role='status'] {
    margin-inline: auto 0;
  }
  h2 {
    font-size: var(--size-13);
    font-weight: var(--strong);
    color: var(--text-quiet);
  }
  slot {
    display: block;
    padding: 0 var(--space-24) var(--space-48);
  }
  @media (max-width: 719.98px) {
    slot {
      padding-inline: var(--space-16);
    }
    .head {
      padding-inline: var(--space-16) var(--space-8);
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    dialog:modal {
      animation: enter var(--steady) var(--ease);
    }
    @keyframes enter {
      from {
        translate: 24px 0;
        opacity: 0;
      }
    }
  }
`

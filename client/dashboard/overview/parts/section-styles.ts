import { css } from 'lit'

/** A part of the page with its own title and a line of what it shows. */
export const sectionStyles = css`
  h2 {
    font-size: var(--size-14);
    font-weight: var(--strong);
    overflow-wrap: anywhere;
  }
  .lead {
    margin-block: 2px var(--space-16);
    color: var(--text-quiet);
    font-size: var(--size-12);
    text-wrap: pretty;
  }
  .nothing {
    color: var(--text-quiet);
    font-size: var(--size-13);
  }
`

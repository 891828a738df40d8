import { css } from 'lit'

/** What the parts of the sandbox have in common: a heading with its sentence. */
export const sandboxStyles = css`
  h2 {
    font-size: var(--size-16);
    font-weight: var(--strong);
  }
  .lead {
    max-inline-size: 64ch;
    margin-block: 2px var(--space-16);
    color: var(--text-quiet);
    font-size: var(--size-13);
    text-wrap: pretty;
  }
`

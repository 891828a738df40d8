import { css } from 'lit'

/** A view: its filters, its list, and beside it what is open. */
export const viewStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
  }
  :host([beside]) {
    grid-template-columns: minmax(0, 1fr) clamp(400px, 36vw, 1040px);
  }
  .left {
    container-type: inline-size;
    min-inline-size: 0;
  }
  .filters {
    padding: var(--space-12) var(--space-24);
  }
  @media (max-width: 719.98px) {
    .filters {
      padding-inline: var(--space-16);
    }
  }
`

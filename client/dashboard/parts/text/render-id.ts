import { css, html, type TemplateResult } from 'lit'
import { messages } from '../../messages.ts'
import { icon } from '../icons.ts'
import { explained } from '../tooltip.ts'
import type { Copier } from './copier.ts'
import { shortenId } from './short-id.ts'

/** What `renderId` needs of whoever shows it, on top of `base`. */
export const idStyles = css`
  .id-button {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    max-inline-size: 100%;
    min-block-size: 24px;
    padding: 0 6px;
    border: 0;
    border-radius: 4px;
    background: none;
    color: inherit;
    font: var(--regular) var(--size-12) / 1.5 var(--font-code);
    text-align: start;
    cursor: copy;
  }
  .id-button:hover {
    background: var(--n-4);
  }
  .id-button .whole {
    overflow-wrap: anywhere;
    min-inline-size: 0;
  }
  .id-button .icon {
    inline-size: 14px;
    block-size: 14px;
    opacity: 0;
    color: var(--n-11);
  }
  .id-button:hover .icon,
  .id-button:focus-visible .icon,
  .id-button.said .icon {
    opacity: 1;
  }
  .id-button.said .icon {
    color: var(--green-line);
  }
  @media (pointer: coarse) {
    .id-button .icon {
      opacity: 1;
    }
  }
`

/**
 * An id in code letters, shortened in the middle unless `whole`; a click copies all of it. `skipped` leaves the tab order, where a list
 * has a key for it.
 */
export function renderId(value: string, copier: Copier, { whole = false, skipped = false } = {}): TemplateResult {
  const said = copier.said === value
  return html`<button
    type="button"
    class="id-button ${said ? 'said' : ''}"
    tabindex=${skipped ? -1 : 0}
    @click=${(event: Event) => {
      // In a list the row behind would open.
      event.stopPropagation()
      copier.copy(value).catch(() => undefined)
    }}
    ${explained(() => (copier.said === value ? messages.copy.done : messages.copy.hint(value)))}
  >
    <span class="unseen">${messages.copy.verb}&nbsp;</span><bdi class=${whole ? 'whole' : 'cut-off'}>${whole ? value : shortenId(value)}</bdi
    >${icon(said ? 'check' : 'copy')}
  </button>`
}

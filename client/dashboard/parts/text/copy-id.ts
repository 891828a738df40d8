import { css, html, LitElement } from 'lit'
import { messages } from '../../messages.ts'
import { base } from '../../styles/base.ts'
import { icon } from '../icons.ts'
import { SayEvent } from '../say-event.ts'
import { explain } from '../tooltip.ts'
import { shortenId } from './short-id.ts'

// How long (ms) the tick stays that says "copied".
const SAID_FOR = 1500

/** An id in code letters, shortened in the middle unless `whole`; a click copies all of it. */
export class CopyId extends LitElement {
  static override properties = {
    value: {},
    whole: { type: Boolean },
    /** Leaves the tab order, where a list has a key for it. */
    skipped: { type: Boolean },
    said: { state: true },
  }
  static override styles = [
    base,
    css`
      :host {
        display: inline-block;
        max-inline-size: 100%;
        min-inline-size: 0;
        /* The button's own padding stands outside, so that ids line up with the text around them. */
        margin-inline-start: -6px;
      }
      button {
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
      button:hover {
        background: var(--n-4);
      }
      .whole {
        overflow-wrap: anywhere;
        min-inline-size: 0;
      }
      .icon {
        inline-size: 14px;
        block-size: 14px;
        opacity: 0;
        color: var(--n-11);
      }
      button:hover .icon,
      button:focus-visible .icon,
      .said .icon {
        opacity: 1;
      }
      .said .icon {
        color: var(--green-line);
      }
      @media (pointer: coarse) {
        .icon {
          opacity: 1;
        }
      }
    `,
  ]
  declare value: string
  declare whole: boolean
  declare skipped: boolean
  declare said: boolean

  constructor() {
    super()
    this.value = ''
    this.whole = false
    this.skipped = false
    this.said = false
    explain(this, () => (this.said ? messages.copy.done : messages.copy.hint(this.value)))
  }

  async copy(): Promise<void> {
    await navigator.clipboard.writeText(this.value)
    this.said = true
    this.dispatchEvent(new SayEvent(messages.copy.done))
    setTimeout(() => (this.said = false), SAID_FOR)
  }

  protected override render() {
    return html`<button
        type="button"
        class=${this.said ? 'said' : ''}
        tabindex=${this.skipped ? -1 : 0}
        @click=${this.#handleClick}
      >
        <span class="unseen">${messages.copy.verb}&nbsp;</span><bdi class=${this.whole ? 'whole' : 'cut-off'}>${this.whole ? this.value : shortenId(this.value)}</bdi
        >${icon(this.said ? 'check' : 'copy')}
      </button>`
  }

  #handleClick = (event: Event): void => {
    // In a list the row behind would open.
    event.stopPropagation()
    void this.copy().catch(() => undefined)
  }
}

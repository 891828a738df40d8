import type { PropertyValues } from 'lit'
import { css, html, LitElement, nothing } from 'lit'
import { isMasked } from '../../../../server/personal.ts'
import type { ApiClient } from '../../api/api-client.ts'
import { messages } from '../../messages.ts'
import { base } from '../../styles/base.ts'
import { controls } from '../../styles/controls.ts'
import { Reveal } from './reveal.ts'

const words = messages.detail

/** A user's id; one that names a person is masked until an admin deliberately asks for it. */
export class UserId extends LitElement {
  static override properties = {
    api: { attribute: false },
    of: {},
    value: { attribute: false },
    mayReveal: { type: Boolean },
  }
  static override styles = [
    base,
    controls,
    css`
      :host {
        display: inline;
        overflow-wrap: anywhere;
      }
      .reveal {
        min-block-size: 24px;
        padding: 0 var(--space-4);
        border: 0;
        border-radius: 4px;
        background: none;
        color: var(--accent-text);
        font-size: var(--size-13);
        font-weight: var(--medium);
        cursor: pointer;
      }
      .reveal:hover {
        background: var(--accent-soft);
      }
    `,
  ]
  declare api: ApiClient
  /** The verification whose user it is. */
  declare of: string
  /** As the server told it: masked where it names a person. */
  declare value: string | null
  declare mayReveal: boolean
  readonly #reveal = new Reveal(this, (signal) => this.api.reveal({ kind: 'userId', id: this.of }, signal))

  constructor() {
    super()
    this.of = ''
    this.value = null
    this.mayReveal = false
    this.addController(this.#reveal)
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('of') && changed.get('of')) this.#reveal.hide()
  }

  protected override render() {
    const userId = this.value
    if (userId === null) return html`<span class="quiet">${messages.list.noUser}</span>`
    if (!isMasked(userId)) return html`<sv-copy-id .value=${userId} whole></sv-copy-id>`
    if (!this.mayReveal) return html`<bdi>${userId}</bdi> <span class="quiet">${messages.app.adminsOnly}</span>`
    const { value, failure } = this.#reveal
    return html`${value === null ? html`<bdi>${userId}</bdi>` : html`<sv-copy-id .value=${value} whole></sv-copy-id>`}
      <button
        class="reveal"
        type="button"
        aria-pressed=${value !== null}
        title=${words.revealed}
        @click=${() => void this.#reveal.toggle()}
      >
        ${value === null ? words.reveal : words.hide}
      </button>
      ${failure === null ? nothing : html`<span class="quiet" role="status">${messages.failures[failure]}</span>`}`
  }
}

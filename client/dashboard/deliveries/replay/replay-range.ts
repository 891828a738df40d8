import { css, html, LitElement, nothing } from 'lit'
import type { ReplayRequest } from '../../../../server/protocol.ts'
import type { ApiClient, DeliveryQuery } from '../../api/api-client.ts'
import { messages } from '../../messages.ts'
import { renderSegments } from '../../parts/fields/render-fields.ts'
import { icon } from '../../parts/icons.ts'
import { base } from '../../styles/base.ts'
import { controls } from '../../styles/controls.ts'
import { fields } from '../../styles/fields.ts'
import { floats } from '../../styles/floats.ts'

const words = messages.deliveries.replay

const HOUR = 3_600_000

const SCOPES = ['listed', 'range'] as const
type Scope = (typeof SCOPES)[number]

// As many as the server takes by their ids.
const MOST_LISTED = 1000

/** Asks for a range of time, with the list's own filters, or takes what is listed; hands it to the steps of a replay. */
export class ReplayRange extends LitElement {
  static override properties = {
    api: { attribute: false },
    query: { attribute: false },
    listed: { attribute: false },
    scope: { state: true },
    from: { state: true },
    to: { state: true },
    isOpen: { state: true },
  }
  static override styles = [
    base,
    controls,
    floats,
    fields,
    css`
      :host {
        display: inline-block;
      }
      dialog {
        inline-size: min(540px, calc(100vw - 32px));
      }
      p {
        font-size: var(--size-13);
      }
      .scope {
        margin-block-start: var(--space-16);
      }
      .range {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(240px, 100%), 1fr));
        gap: var(--space-12);
        margin-block: var(--space-16) var(--space-12);
      }
      label {
        display: grid;
        gap: var(--space-4);
        font-size: var(--size-13);
        font-weight: var(--medium);
      }
      label .field {
        inline-size: 100%;
        min-inline-size: 0;
      }
      .problem {
        margin-block-start: var(--space-12);
        color: var(--red-text);
      }
      form {
        display: flex;
        justify-content: end;
        margin-block-start: var(--space-16);
        padding-block-start: var(--space-16);
        border-block-start: 1px solid var(--hairline);
      }
    `,
  ]
  declare api: ApiClient
  declare query: DeliveryQuery
  /** The deliveries that the list shows, newest first. */
  declare listed: readonly string[]
  declare scope: Scope
  /** As a `datetime-local` field writes it, in this device's time zone. */
  declare from: string
  declare to: string
  declare isOpen: boolean

  constructor() {
    super()
    this.listed = []
    this.scope = 'range'
    this.from = ''
    this.to = ''
    this.isOpen = false
  }

  protected override render() {
    return html`<button class="button" type="button" @click=${this.#handleOpen}>${icon('replay')}${words.range}</button>
      <dialog class="float" aria-labelledby="heading" @close=${this.#handleClose}>
        ${this.isOpen ? this.#renderInside() : nothing}
      </dialog>`
  }

  #renderInside() {
    const request = this.#readRequest()
    return html`<h2 id="heading">${words.title}</h2>
      <p class="quiet">${this.scope === 'listed' ? words.leadListed : words.lead}</p>
      <div class="scope">
        ${renderSegments<Scope>({
          name: 'scope',
          label: words.scope,
          chosen: this.scope,
          options: this.listed.length === 0 ? ['range'] : SCOPES,
          names: words.scopes(Math.min(this.listed.length, MOST_LISTED)),
          choose: (scope) => (this.scope = scope),
        })}
      </div>
      ${this.scope === 'listed' ? nothing : this.#renderRange()}
      ${
        request
          ? html`<sv-replay .api=${this.api} .request=${request} @sv-replayed=${this.#handleReplayed}></sv-replay>`
          : html`<p class="problem" role="alert">${words.wrongRange}</p>`
      }
      <form method="dialog"><button class="button">${words.close}</button></form>`
  }

  #renderRange() {
    const { outcome, source } = this.query
    return html`<div class="range">
        <label
          >${words.from}<input class="field" type="datetime-local" step="1" .value=${this.from} @change=${this.#handleFrom}
        /></label>
        <label
          >${words.to}<input class="field" type="datetime-local" step="1" .value=${this.to} @change=${this.#handleTo}
        /></label>
      </div>
      <p class="quiet">
        ${words.filters(
          outcome && messages.deliveries.outcomes[outcome].toLowerCase(),
          source && messages.sources[source],
        )}
      </p>`
  }

  /** Null where the range is empty or unreadable. */
  #readRequest(): ReplayRequest | null {
    if (this.scope === 'listed') return { ids: this.listed.slice(0, MOST_LISTED) }
    const [from, to] = [Date.parse(this.from), Date.parse(this.to)]
    if (!(from < to)) return null
    const { outcome, source } = this.query
    return {
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      ...(outcome ? { outcome } : {}),
      ...(source ? { source } : {}),
    }
  }

  #handleOpen = async (): Promise<void> => {
    // Until just after now, so that what has come in the meantime is in it.
    const now = Date.now()
    this.from = formatField(now - HOUR)
    this.to = formatField(now + 60_000)
    this.scope = 'range'
    this.isOpen = true
    await this.updateComplete
    this.renderRoot.querySelector('dialog')?.showModal()
  }

  #handleClose = (): void => {
    this.isOpen = false
  }

  #handleFrom = ({ target }: Event): void => {
    if (target instanceof HTMLInputElement) this.from = target.value
  }

  #handleTo = ({ target }: Event): void => {
    if (target instanceof HTMLInputElement) this.to = target.value
  }

  #handleReplayed = (): void => {
    this.dispatchEvent(new Event('sv-replayed'))
  }
}

/** Epoch ms as `datetime-local` fields want it: this device's time, without a zone, to the second. */
function formatField(at: number): string {
  const date = new Date(at)
  return new Date(at - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19)
}

import type { PropertyValues } from 'lit'
import { css, html, LitElement, nothing } from 'lit'
import type { DeliveryDetail } from '../../../server/protocol.ts'
import type { ApiClient } from '../api/api-client.ts'
import { Question } from '../api/question.ts'
import { messages } from '../messages.ts'
import { icon } from '../parts/icons.ts'
import { renderInsteadOfDetail } from '../parts/panel/detail-states.ts'
import { formatBytes } from '../parts/text/bytes.ts'
import { lookUp } from '../parts/text/look-up.ts'
import { Reveal } from '../parts/text/reveal.ts'
import { badgeStyles } from '../styles/badge.ts'
import { base } from '../styles/base.ts'
import { controls } from '../styles/controls.ts'
import { factsStyles } from '../styles/facts.ts'
import { hues } from '../styles/hues.ts'
import { renderOutcome } from './render-outcome.ts'

const words = messages.deliveries

/** One delivery: what became of it and why; its body only when asked for, and then for a minute, as it may name a person. */
export class DeliveryPanel extends LitElement {
  static override properties = {
    api: { attribute: false },
    openId: { attribute: false },
    beside: { type: Boolean, reflect: true },
    isAdmin: { type: Boolean },
  }
  static override styles = [
    base,
    controls,
    hues,
    badgeStyles,
    factsStyles,
    css`
      h3 {
        margin-block: var(--space-24) var(--space-8);
        font-size: var(--size-14);
        font-weight: var(--strong);
      }
      .top .quiet {
        font-size: var(--size-13);
      }
      .hint {
        margin-block-start: var(--space-8);
        color: var(--text-quiet);
        font-size: var(--size-12);
      }
      a {
        color: var(--accent-text);
      }
      sv-replay {
        margin-block-start: 0;
      }
      pre {
        margin: var(--space-12) 0 0;
        padding: var(--space-12);
        border: 1px solid var(--hairline);
        border-radius: var(--radius-panel);
        background: var(--n-2);
        font: var(--regular) var(--size-12) / 1.6 var(--font-code);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
    `,
  ]
  declare api: ApiClient
  declare openId: string
  declare beside: boolean
  /** Viewers look; admins also change things and see bodies. */
  declare isAdmin: boolean
  readonly #detail = new Question(this, (signal) => this.api.requestDelivery(this.openId, signal))
  readonly #body = new Reveal(this, (signal) => this.api.reveal({ kind: 'body', id: this.openId }, signal))

  constructor() {
    super()
    this.beside = false
    this.isAdmin = false
    this.addController(this.#body)
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('openId')) return
    this.#body.hide()
    this.#detail.begin()
  }

  protected override render() {
    const { answer, failure } = this.#detail
    return html`<sv-panel heading=${words.one} ?beside=${this.beside} ?old=${answer !== null && failure !== null}>
      ${answer ? this.#renderDetail(answer) : renderInsteadOfDetail(failure, words, () => this.#detail.ask())}
    </sv-panel>`
  }

  #renderDetail(detail: DeliveryDetail) {
    const reason =
      detail.reason === undefined ? undefined : (lookUp(words.reasons, detail.reason)?.long ?? detail.reason)
    return html`<div class="top">
        ${renderOutcome(detail.outcome)}
        <p class="next">${reason ?? words.next[detail.outcome]}</p>
        ${reason === undefined ? nothing : html`<p class="quiet">${words.next[detail.outcome]}</p>`}
      </div>
      <dl>
        ${renderFact(words.columns.source, messages.sources[detail.source])}
        ${renderFact(
          words.columns.event,
          detail.event === undefined
            ? html`<span class="quiet">${words.noEvent}</span>`
            : html`<bdi class="code">${detail.event}</bdi>`,
        )}
        ${renderFact(words.columns.receivedAt, html`<sv-time .datetime=${detail.receivedAt} reachable></sv-time>`)}
        ${renderFact(
          words.columns.bytes,
          html`${formatBytes(detail.bytes)}${detail.bytes < 1000 ? nothing : html`<span class="quiet"> · ${words.exactBytes(detail.bytes)}</span>`}`,
        )}
        ${renderFact(words.columns.id, html`<sv-copy-id .value=${detail.id} whole></sv-copy-id>`)}
        ${detail.reason === undefined ? nothing : renderFact(words.columns.reason, html`<bdi class="code">${detail.reason}</bdi>`)}
        ${this.#renderProof(detail)}
        ${
          detail.verificationId === undefined
            ? nothing
            : renderFact(
                words.verification,
                html`<a href="?open=${encodeURIComponent(detail.verificationId)}"><bdi>${detail.verificationId}</bdi></a>`,
              )
        }
        ${
          detail.duplicateOf === undefined
            ? nothing
            : renderFact(
                words.duplicateOf,
                html`<a href="?view=deliveries&open=${encodeURIComponent(detail.duplicateOf)}"
                  ><bdi class="code">${detail.duplicateOf}</bdi></a
                >`,
              )
        }
      </dl>
      ${detail.hasBody ? this.#renderReplay(detail.id) : nothing}
      <h3>${words.body}</h3>
      ${this.#renderBody(detail.hasBody)}`
  }

  /** Where somebody was not who they should be: by what they could have shown that they are. */
  #renderProof({ source, reason }: DeliveryDetail) {
    if (reason === undefined || !/^(?:sig|bearer)_/.test(reason)) return nothing
    const { header, secret } = words.proofs[source]
    return html`${renderFact(words.lookedFor, html`<bdi class="code">${header}</bdi>`)}
    ${renderFact(words.tried, html`<bdi class="code">${secret}</bdi>`)}`
  }

  #renderReplay(id: string) {
    if (!this.isAdmin) return html`<h3>${words.replay.one}</h3><p class="quiet">${messages.app.adminsOnly}</p>`
    return html`<h3>${words.replay.one}</h3>
      <sv-replay .api=${this.api} .request=${{ ids: [id] }} @sv-replayed=${() => this.#detail.ask()}></sv-replay>`
  }

  #renderBody(hasBody: boolean) {
    if (!hasBody) return html`<p class="quiet">${words.noBody}</p>`
    if (!this.isAdmin) return html`<p class="quiet">${messages.app.adminsOnly}</p>`
    const { value, failure } = this.#body
    return html`<button
        class="button"
        type="button"
        aria-pressed=${value !== null}
        @click=${() => void this.#body.toggle()}
      >
        ${icon('eye')}${value === null ? words.showBody : words.hideBody}
      </button>
      ${
        value === null
          ? html`<p class="hint" role="status">${failure === null ? words.bodyHint : messages.failures[failure]}</p>`
          : html`<pre tabindex="0" aria-label=${words.body}>${formatBody(value)}</pre>`
      }`
  }
}

function renderFact(word: string, value: unknown) {
  return html`<div>
    <dt>${word}</dt>
    <dd>${value}</dd>
  </div>`
}

/** JSON with line breaks; anything else as it came. */
function formatBody(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}

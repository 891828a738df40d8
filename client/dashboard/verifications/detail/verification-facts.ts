import { html, LitElement, nothing } from 'lit'
import type { VerificationDetail } from '../../../../server/protocol.ts'
import type { ApiClient } from '../../api/api-client.ts'
import { messages } from '../../messages.ts'
import { icon } from '../../parts/icons.ts'
import { lookUp } from '../../parts/text/look-up.ts'
import { renderCode } from '../../parts/text/render-code.ts'
import { shortenId } from '../../parts/text/short-id.ts'
import { nameWorkflow } from '../../parts/text/workflow-name.ts'
import { formatDuration } from '../../parts/time/time-format.ts'
import { formatRoute, parseRoute } from '../../routing/route.ts'
import { base } from '../../styles/base.ts'
import { controls } from '../../styles/controls.ts'
import { factsStyles } from '../../styles/facts.ts'

const words = messages.detail

/** What is so about one verification, and on whose word. */
export class VerificationFacts extends LitElement {
  static override properties = {
    api: { attribute: false },
    detail: { attribute: false },
    inSandbox: { type: Boolean },
    panelUrl: { attribute: false },
    isAdmin: { type: Boolean },
  }
  static override styles = [base, controls, factsStyles]
  declare api: ApiClient
  declare detail: VerificationDetail
  /** Whether this server plays the vendors itself. */
  declare inSandbox: boolean
  /** Where SEON's panel shows a run, with `{executionId}`; null: not known. */
  declare panelUrl: string | null
  declare isAdmin: boolean

  constructor() {
    super()
    this.inSandbox = false
    this.panelUrl = null
    this.isAdmin = false
  }

  protected override render() {
    const { detail } = this
    const decision = detail.decidedAt ? Date.parse(detail.decidedAt) - Date.parse(detail.createdAt) : null
    return html`<div class="top">
        <sv-status .status=${detail.status}></sv-status>
        <p class="next">
          ${messages.next[detail.status]}
          ${detail.overdue ? html`<span class="overdue">${icon('overdue')}${messages.overdue}. ${messages.overdueNext}</span>` : nothing}
        </p>
      </div>
      ${detail.flags.map(
        (flag) => html`<p class="flag">
          ${icon('warning')}<span><strong>${words.flags}.</strong> ${lookUp(words.knownFlags, flag) ?? renderCode(flag)}</span>
        </p>`,
      )}
      <dl>
        ${this.#renderFact(
          words.user,
          html`<sv-user-id .api=${this.api} of=${detail.id} .value=${detail.userId} ?mayReveal=${this.isAdmin}></sv-user-id>`,
          'userId',
        )}
        ${this.#renderFact(
          words.vendorId,
          html`<sv-copy-id .value=${detail.vendorId} whole></sv-copy-id>
            <span class="origin">${words.vendorIds[detail.vendor]}</span>`,
          'vendorId',
        )}
        ${this.#renderFact(words.ownId, html`<sv-copy-id .value=${detail.id} whole></sv-copy-id>`)}
        ${this.#renderFact(words.vendor, messages.vendors[detail.vendor])}
        ${this.#renderFact(words.workflow, html`<bdi title=${detail.workflow ?? nothing}>${nameWorkflow(detail.workflow)}</bdi>`, 'workflow')}
        ${this.#renderFact(words.environment, messages.app.environments[detail.environment])}
        ${this.#renderFact(words.created, html`<sv-time .datetime=${detail.createdAt} reachable></sv-time>`)}
        ${this.#renderFact(words.changed, html`<sv-time .datetime=${detail.updatedAt} reachable></sv-time>`, 'status')}
        ${this.#renderFact(
          words.decided,
          detail.decidedAt
            ? html`<sv-time .datetime=${detail.decidedAt} reachable></sv-time
                >${decision === null ? nothing : html`<span class="quiet"> · ${words.after(formatDuration(decision))}</span>`}`
            : html`<span class="quiet">${words.none}</span>`,
          detail.decidedAt ? 'decidedAt' : undefined,
        )}
      </dl>
      ${this.#renderWays(detail)}`
  }

  /** Where to go on from here. */
  #renderWays({ id, vendor, vendorId }: VerificationDetail) {
    const panel = vendor === 'seon' && this.panelUrl !== null ? readPanelUrl(this.panelUrl, vendorId) : null
    if (panel === null && !this.inSandbox) return nothing
    return html`<p class="ways">
      ${
        panel === null
          ? nothing
          : html`<a class="button" href=${panel} target="_blank" rel="noopener noreferrer"
              >${icon('leave')}${words.openPanel}</a
            >`
      }
      ${
        this.inSandbox
          ? html`<a class="button" href=${formatRoute({ ...parseRoute(''), view: 'sandbox', of: id })}
              >${icon('flask')}${words.sendEvent}</a
            >`
          : nothing
      }
    </p>`
  }

  #renderFact(word: string, value: unknown, field?: string) {
    const origin = field === undefined ? undefined : this.detail.provenance[field]
    return html`<div>
      <dt>${word}</dt>
      <dd>${value}${origin === undefined ? nothing : this.#renderOrigin(origin)}</dd>
    </div>`
  }

  #renderOrigin(origin: string) {
    if (origin === 'init') return html`<span class="origin">${words.from} ${words.byInit}</span>`
    if (origin === 'hint') return html`<span class="origin">${words.from} ${words.byHint}</span>`
    return html`<span class="origin"
      >${words.from}
      <a href="?view=deliveries&open=${encodeURIComponent(origin)}" title=${origin}
        >${words.byDelivery} <bdi class="code">${shortenId(origin)}</bdi></a
      ></span
    >`
  }
}

/** The run's address in SEON's panel; null where it would be anything but a page of https. */
function readPanelUrl(template: string, executionId: string): string | null {
  const address = template.replace('{executionId}', () => encodeURIComponent(executionId))
  return URL.canParse(address) && new URL(address).protocol === 'https:' ? address : null
}

import { html, LitElement, nothing } from 'lit'
import type { AuditAction, AuditEntry } from '../../../server/protocol.ts'
import { AUDIT_ACTIONS } from '../../../server/protocol.ts'
import type { ApiClient } from '../api/api-client.ts'
import type { ApiErrorCode } from '../api/api-error.ts'
import { readErrorCode } from '../api/api-error.ts'
import { Retry } from '../api/retry.ts'
import { messages } from '../messages.ts'
import { renderSelect } from '../parts/select.ts'
import { formatRoute, parseRoute } from '../routing/route.ts'
import { base } from '../styles/base.ts'
import { controls } from '../styles/controls.ts'
import { describeEntry } from './describe-entry.ts'
import { operatorsStyles } from './operators-styles.ts'

const words = messages.operators

/** What operators did, newest first, as far back as it is kept. */
export class AuditList extends LitElement {
  static override properties = {
    api: { attribute: false },
    action: { state: true },
    items: { state: true },
    next: { state: true },
    failure: { state: true },
  }
  static override styles = [base, controls, operatorsStyles]
  declare api: ApiClient
  declare action: AuditAction | null
  declare items: readonly AuditEntry[] | null
  declare next: string | null
  declare failure: ApiErrorCode | null
  readonly #retry = new Retry(this, () => void this.look())
  #request = new AbortController()

  constructor() {
    super()
    this.action = null
    this.items = null
    this.next = null
    this.failure = null
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#request.abort()
  }

  protected override firstUpdated(): void {
    void this.look()
  }

  protected override render() {
    return html`<div class="head">
        <div>
          <h2 id="heading">${words.audit}</h2>
          <p class="lead">${words.auditLead}</p>
        </div>
        ${renderSelect({
          label: words.any,
          chosen: this.action,
          options: AUDIT_ACTIONS,
          names: words.actions,
          choose: this.#handleChosen,
        })}
      </div>
      ${this.failure === null ? nothing : html`<p class="lead" role="status">${words.failed}. ${messages.failures[this.failure]}</p>`}
      ${this.items === null ? this.#renderInstead() : this.#renderItems(this.items)}
      ${
        this.next === null
          ? nothing
          : html`<button class="button more" type="button" @click=${() => void this.#ask(this.next)}>${words.more}</button>`
      }`
  }

  #handleChosen = (chosen: AuditAction | null): void => {
    this.action = chosen
    this.items = null
    this.next = null
    this.failure = null
    void this.look()
  }

  #renderInstead() {
    return this.failure === null ? html`<sv-skeleton label=${messages.app.loadingView}></sv-skeleton>` : nothing
  }

  #renderItems(items: readonly AuditEntry[]) {
    if (items.length === 0) return html`<p class="lead">${words.none}</p>`
    return html`<div class="audit">
      <ul aria-labelledby="heading">
        <li class="columns" aria-hidden="true">
          <span>${words.when}</span><span>${words.who}</span><span>${words.what}</span><span>${words.about}</span>
        </li>
        ${items.map(
          (each) =>
            html`<li>
              <sv-time .datetime=${each.at} reachable></sv-time>
              <span class="name cut-off"><bdi>${each.operator ?? words.nobody}</bdi></span>
              <span>${words.actions[each.action]}<span class="role">${describeEntry(each)}</span></span>
              <span class="about">${renderSubject(each)}</span>
            </li>`,
        )}
      </ul>
    </div>`
  }

  /** From the newest on. */
  async look(): Promise<void> {
    await this.#ask(null)
  }

  async #ask(cursor: string | null): Promise<void> {
    this.#request.abort()
    this.#retry.cancel()
    const { signal } = (this.#request = new AbortController())
    try {
      const page = await this.api.requestAudit(this.action, cursor, signal)
      if (signal.aborted) return
      this.items = cursor === null ? page.items : [...(this.items ?? []), ...page.items]
      this.next = page.next
      this.failure = null
    } catch (error) {
      if (signal.aborted) return
      this.failure = readErrorCode(error)
      if (cursor === null) this.#retry.later()
    }
  }
}

function renderSubject({ action, subject }: AuditEntry) {
  if (subject === null) return nothing
  if (action === 'user_revealed') {
    return html`<a href=${formatRoute({ ...parseRoute(''), view: 'verifications', open: subject })}
      >${words.verification} <bdi class="code">${subject}</bdi></a
    >`
  }
  if (action === 'body_revealed' || action === 'replayed') {
    return html`<a href=${formatRoute({ ...parseRoute(''), view: 'deliveries', open: subject })}
      >${words.delivery} <bdi class="code">${subject}</bdi></a
    >`
  }
  return nothing
}

import { html, LitElement, nothing } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { OperatorSession, SessionInfo } from '../../../server/protocol.ts'
import type { ApiClient } from '../api/api-client.ts'
import type { ApiErrorCode } from '../api/api-error.ts'
import { readErrorCode } from '../api/api-error.ts'
import { messages } from '../messages.ts'
import { icon } from '../parts/icons.ts'
import { base } from '../styles/base.ts'
import { controls } from '../styles/controls.ts'
import { operatorsStyles } from './operators-styles.ts'

const words = messages.operators

// Others sign in and out meanwhile; nobody waits for it to be seen here (ms).
const LOOK_EVERY = 10_000

/** Who is signed in, each with a way to end it: all of them for an admin, their own for a viewer. Fires `sv-ended`. */
export class SessionList extends LitElement {
  static override properties = {
    api: { attribute: false },
    session: { attribute: false },
    items: { state: true },
    failure: { state: true },
    asking: { state: true },
    said: { state: true },
  }
  static override styles = [base, controls, operatorsStyles]
  declare api: ApiClient
  declare session: SessionInfo
  declare items: readonly OperatorSession[] | null
  declare failure: ApiErrorCode | null
  /** The session that is to be ended, once that is confirmed. */
  declare asking: string | null
  declare said: string
  #timer: ReturnType<typeof setInterval> | undefined

  constructor() {
    super()
    this.items = null
    this.failure = null
    this.asking = null
    this.said = ''
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#timer = setInterval(() => void this.look(), LOOK_EVERY)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearInterval(this.#timer)
  }

  protected override firstUpdated(): void {
    void this.look()
  }

  protected override render() {
    const heading = this.session.role === 'admin' ? words.sessions : words.ownSessions
    return html`<div class="head">
        <div>
          <h2 id="heading">${heading}</h2>
          <p class="lead">${words.rolesMean[this.session.role]}</p>
        </div>
      </div>
      ${this.failure === null ? nothing : html`<p class="lead" role="status">${words.failed}. ${messages.failures[this.failure]}</p>`}
      ${this.items === null ? this.#renderInstead() : this.#renderItems(this.items)}
      <p class="said" role="status">${this.said}</p>`
  }

  #renderInstead() {
    return this.failure === null ? html`<sv-skeleton label=${messages.app.loadingView}></sv-skeleton>` : nothing
  }

  #renderItems(items: readonly OperatorSession[]) {
    return html`<div class="sessions">
      <ul aria-labelledby="heading">
        <li class="columns" aria-hidden="true">
          <span>${words.operator}</span><span>${words.device}</span><span>${words.since}</span
          ><span>${words.lastSeen}</span>
        </li>
        ${repeat(
          items,
          ({ id }) => id,
          (each) => this.#renderItem(each),
        )}
      </ul>
    </div>`
  }

  #renderItem(each: OperatorSession) {
    return html`<li>
      <span class="name cut-off"
        ><bdi>${each.operator}</bdi><span class="role">${words.roles[each.role]}</span></span
      >
      <span>${each.device || words.noDevice}</span>
      <span><span class="small quiet">${words.since} </span><sv-time .datetime=${each.since} reachable></sv-time></span>
      <span><span class="small quiet">${words.lastSeen} </span><sv-time .datetime=${each.lastSeen} reachable></sv-time></span>
      <span class="ways">${this.#renderWays(each)}</span>
    </li>`
  }

  #renderWays(each: OperatorSession) {
    if (each.current) return html`<span class="here">${icon('check')}${words.current}</span>`
    if (this.asking !== each.id) {
      return html`<button
        id="end-${each.id}"
        class="button"
        type="button"
        aria-label=${words.endOf(each.operator, each.device || words.noDevice)}
        @click=${() => this.#ask(each.id)}
      >
        ${words.end}
      </button>`
    }
    return html`<button class="button sure" type="button" @click=${() => void this.#end(each.id)}>${words.sure}</button>
      <button class="button plain" type="button" @click=${() => this.#ask(null)}>${words.keep}</button>`
  }

  /** Whoever asks by keyboard goes on where the question is, and back to where they were. */
  async #ask(id: string | null): Promise<void> {
    const before = this.asking
    this.asking = id
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>(id === null ? `#end-${before}` : '.sure')?.focus()
  }

  async #end(id: string): Promise<void> {
    this.asking = null
    try {
      await this.api.endSession(id)
      this.said = words.ended
    } catch (error) {
      // Ended by somebody else is ended.
      const code = readErrorCode(error)
      this.said = code === 'not_found' ? words.ended : messages.failures[code]
    }
    await this.look()
    this.dispatchEvent(new Event('sv-ended'))
  }

  async look(): Promise<void> {
    try {
      const { items } = await this.api.requestSessions()
      this.items = items
      this.failure = null
    } catch (error) {
      this.failure = readErrorCode(error)
    }
  }
}

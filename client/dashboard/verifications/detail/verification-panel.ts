import type { PropertyValues } from 'lit'
import { html, LitElement, nothing } from 'lit'
import type { VerificationDetail } from '../../../../server/protocol.ts'
import type { ApiClient } from '../../api/api-client.ts'
import type { ApiErrorCode } from '../../api/api-error.ts'
import { readErrorCode } from '../../api/api-error.ts'
import type { Feed, FeedNews } from '../../feed.ts'
import { messages } from '../../messages.ts'
import { NavigateEvent } from '../../navigate-event.ts'
import { icon } from '../../parts/icons.ts'
import { base } from '../../styles/base.ts'
import { controls } from '../../styles/controls.ts'
import { panelStyles } from '../../styles/panel.ts'

const words = messages.detail

/**
 * One verification: beside the list where there is room, else a modal sheet over it. Follows the feed: when the verification moves, it
 * is asked for again, one request at a time, and what stands there stays until the answer is here.
 */
export class VerificationPanel extends LitElement {
  static override properties = {
    api: { attribute: false },
    feed: { attribute: false },
    openId: { attribute: false },
    beside: { type: Boolean, reflect: true },
    detail: { state: true },
    failure: { state: true },
  }
  static override styles = [base, controls, panelStyles]
  declare api: ApiClient
  declare feed: Feed
  declare openId: string
  declare beside: boolean
  declare detail: VerificationDetail | null
  declare failure: ApiErrorCode | null
  #request = new AbortController()
  #busy = false
  #again = false
  #unsubscribe: (() => void) | undefined

  constructor() {
    super()
    this.beside = false
    this.detail = null
    this.failure = null
  }

  override connectedCallback(): void {
    super.connectedCallback()
    addEventListener('keydown', this.#handleKey)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    removeEventListener('keydown', this.#handleKey)
    this.#unsubscribe?.()
    this.#request.abort()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('feed')) {
      this.#unsubscribe?.()
      this.#unsubscribe = this.feed.subscribe((_state, news) => {
        if (news && isAbout(news, this.openId)) void this.#load()
      })
    }
    if (!changed.has('openId')) return
    this.detail = null
    this.failure = null
    this.#request.abort()
    this.#busy = false
    void this.#load()
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('beside')) return
    const dialog = this.renderRoot.querySelector('dialog')
    if (!dialog) return
    dialog.close()
    if (this.beside) dialog.setAttribute('open', '')
    else dialog.showModal()
  }

  protected override render() {
    return html`<dialog aria-labelledby="heading" @cancel=${this.#handleCancel} @click=${this.#handleBackdrop}>
      <div class="sheet">
        <div class="head">
          <h2 id="heading">${words.title}</h2>
          <button class="button plain square" type="button" aria-label=${words.close} aria-keyshortcuts="Escape" @click=${this.#close}>
            ${icon('close')}
          </button>
        </div>
        ${this.#renderBody()}
      </div>
    </dialog>`
  }

  #renderBody() {
    const { detail, failure } = this
    if (!detail) {
      if (!failure)
        return html`<p class="unseen" role="status">${words.loading}</p><div class="ghost" aria-hidden="true"></div>`
      return html`<sv-notice
        .icon=${failure === 'offline' ? 'offline' : 'warning'}
        heading=${failure === 'not_found' ? words.missing : words.failed}
        text=${messages.failures[failure]}
      >
        ${
          failure === 'not_found'
            ? nothing
            : html`<button class="button" type="button" @click=${() => void this.#load()}>${messages.list.retry}</button>`
        }
      </sv-notice>`
    }
    return html`<div class="columns">
      <sv-verification-facts .detail=${detail}></sv-verification-facts>
      <sv-check-report .checks=${detail.checks} ?hidden=${detail.checks.length === 0}></sv-check-report>
      <sv-timeline .entries=${detail.timeline}></sv-timeline>
    </div>`
  }

  async #load(): Promise<void> {
    if (this.#busy) {
      this.#again = true
      return
    }
    this.#busy = true
    const { signal } = (this.#request = new AbortController())
    try {
      const detail = await this.api.requestVerification(this.openId, signal)
      if (signal.aborted) return
      this.detail = detail
      this.failure = null
    } catch (error) {
      // What is on the screen stays; the connection in the title line says that it may be old.
      if (signal.aborted) return
      this.failure = readErrorCode(error)
      if (this.failure === 'not_found') this.detail = null
    }
    this.#busy = false
    if (!this.#again) return
    this.#again = false
    await this.#load()
  }

  #close = (): void => void this.dispatchEvent(new NavigateEvent({ open: null }))

  #handleCancel = (event: Event): void => {
    event.preventDefault()
    this.#close()
  }

  #handleBackdrop = (event: MouseEvent): void => {
    if (event.target === event.currentTarget && !this.beside) this.#close()
  }

  #handleKey = (event: KeyboardEvent): void => {
    if (this.beside && event.key === 'Escape' && !event.defaultPrevented) this.#close()
  }
}

function isAbout({ fresh, changed, removed }: FeedNews, id: string): boolean {
  return fresh || removed.includes(id) || changed.some((each) => each.id === id)
}

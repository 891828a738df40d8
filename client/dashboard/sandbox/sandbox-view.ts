import type { PropertyValues } from 'lit'
import { css, html, LitElement } from 'lit'
import type { SessionInfo } from '../../../server/protocol.ts'
import type { ApiClient } from '../api/api-client.ts'
import type { Feed } from '../feed.ts'
import type { FeedState } from '../feed-state.ts'
import { messages } from '../messages.ts'
import type { Route } from '../routing/route.ts'
import { base } from '../styles/base.ts'
import { controls } from '../styles/controls.ts'
import { SandboxController } from './sandbox-controller.ts'

const words = messages.sandbox

/** The vendors, played here, in the hands of an admin: what they send, how it arrives, and their time. */
export class SandboxView extends LitElement {
  static override properties = {
    api: { attribute: false },
    feed: { attribute: false },
    feedState: { attribute: false },
    session: { attribute: false },
    route: { attribute: false },
    subject: { state: true },
  }
  static override styles = [
    base,
    controls,
    css`
      :host {
        padding: var(--space-24);
      }
      .whole {
        display: grid;
        gap: var(--space-32) var(--space-48);
        max-inline-size: 1760px;
      }
      .dials {
        display: grid;
        gap: var(--space-32);
        align-content: start;
      }
      .whole > * {
        min-inline-size: 0;
      }
      @media (min-width: 1100px) {
        .whole {
          grid-template-columns: minmax(0, 1fr) 360px;
          grid-template-rows: auto 1fr;
        }
        .dials {
          grid-column: 2;
          grid-row: 1 / span 2;
          padding-inline-start: var(--space-32);
          border-inline-start: 1px solid var(--hairline);
        }
      }
      @media (max-width: 719.98px) {
        :host {
          padding: var(--space-16);
        }
      }
    `,
  ]
  declare api: ApiClient
  declare feed: Feed
  declare feedState: FeedState
  declare session: SessionInfo
  declare route: Route
  /** The vendor's id of the verification that the address names. */
  declare subject: string | null
  readonly #sandbox = new SandboxController(this)

  constructor() {
    super()
    this.subject = null
  }

  get #isAllowed(): boolean {
    return this.session.role === 'admin'
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('api') && this.#isAllowed) this.#sandbox.follow(this.api)
    if (changed.has('route') && this.#isAllowed) void this.#findSubject()
  }

  protected override render() {
    const { picture, failure } = this.#sandbox
    if (!this.#isAllowed) {
      return html`<sv-notice icon="key" heading=${words.forbidden} text=${words.forbiddenNext}></sv-notice>`
    }
    if (picture === null) {
      return failure === null
        ? html`<sv-skeleton label=${words.loading}></sv-skeleton>`
        : html`<sv-notice icon="warning" heading=${words.failed} text=${messages.failures[failure]}>
            <button class="button" type="button" @click=${this.#look}>${messages.rows.retry}</button>
          </sv-notice>`
    }
    return html`<div class="whole">
      <sv-sandbox-event
        .api=${this.api}
        .picture=${picture}
        .subject=${this.subject}
        @sv-sent=${this.#look}
      ></sv-sandbox-event>
      <div class="dials">
        <sv-sandbox-clock
          .api=${this.api}
          .clock=${picture.state.clock}
          .offset=${picture.offset}
          @sv-sent=${this.#look}
        ></sv-sandbox-clock>
        <sv-sandbox-chaos .api=${this.api} .chaos=${picture.state.chaos} @sv-sent=${this.#look}></sv-sandbox-chaos>
      </div>
      <sv-sandbox-log .attempts=${picture.attempts}></sv-sandbox-log>
    </div>`
  }

  #look = (): void => void this.#sandbox.look()

  async #findSubject(): Promise<void> {
    const { of } = this.route
    if (of === null) return
    // Whatever is wrong with it, the form works without.
    const found = await this.api.requestVerification(of).catch(() => null)
    if (found !== null && this.route.of === of) this.subject = found.vendorId
  }
}

import { css, html, LitElement } from 'lit'
import type { SessionInfo } from '../../../server/protocol.ts'
import type { ApiClient } from '../api/api-client.ts'
import type { Feed } from '../feed.ts'
import type { FeedState } from '../feed-state.ts'
import { messages } from '../messages.ts'
import type { Route } from '../routing/route.ts'
import { base } from '../styles/base.ts'
import type { AuditList } from './audit-list.ts'

/** Who is signed in, and what they did. */
export class OperatorsView extends LitElement {
  static override properties = {
    api: { attribute: false },
    feed: { attribute: false },
    feedState: { attribute: false },
    session: { attribute: false },
    route: { attribute: false },
  }
  static override styles = [
    base,
    css`
      :host {
        max-inline-size: 1200px;
      }
    `,
  ]
  declare api: ApiClient
  declare feed: Feed
  declare feedState: FeedState
  declare session: SessionInfo
  declare route: Route

  protected override render() {
    return html`<sv-session-list .api=${this.api} .session=${this.session} @sv-ended=${this.#handleEnded}></sv-session-list>
      ${
        this.session.role === 'admin'
          ? html`<sv-audit-list .api=${this.api}></sv-audit-list>`
          : html`<sv-notice icon="key" heading=${messages.operators.audit} text=${messages.operators.auditAdmins}></sv-notice>`
      }`
  }

  #handleEnded = (): void => {
    void this.renderRoot.querySelector<AuditList>('sv-audit-list')?.look()
  }
}

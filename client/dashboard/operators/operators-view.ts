import { html, LitElement } from 'lit'
import type { SessionInfo } from '../../../server/protocol.ts'
import type { ApiClient } from '../api/api-client.ts'
import type { Feed } from '../feed.ts'
import type { FeedState } from '../feed-state.ts'
import { messages } from '../messages.ts'
import type { Route } from '../routing/route.ts'
import { base } from '../styles/base.ts'

/** Who is signed in. */
export class OperatorsView extends LitElement {
  static override properties = {
    api: { attribute: false },
    feed: { attribute: false },
    feedState: { attribute: false },
    session: { attribute: false },
    route: { attribute: false },
  }
  static override styles = [base]
  declare api: ApiClient
  declare feed: Feed
  declare feedState: FeedState
  declare session: SessionInfo
  declare route: Route

  protected override render() {
    return html`<sv-notice
      icon="people"
      heading=${messages.account.signedInAs(this.session.operator)}
      text=${messages.account.roles[this.session.role]}
    ></sv-notice>`
  }
}

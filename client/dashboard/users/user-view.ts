import { html, LitElement } from 'lit'
import type { SessionInfo } from '../../../server/protocol.ts'
import type { ApiClient } from '../api/api-client.ts'
import type { Feed } from '../feed.ts'
import type { FeedState } from '../feed-state.ts'
import { messages } from '../messages.ts'
import type { Route } from '../routing/route.ts'
import { formatRoute, parseRoute } from '../routing/route.ts'
import { base } from '../styles/base.ts'
import { controls } from '../styles/controls.ts'

/** Everything about the user of the verification `route.of`. */
export class UserView extends LitElement {
  static override properties = {
    api: { attribute: false },
    feed: { attribute: false },
    feedState: { attribute: false },
    session: { attribute: false },
    route: { attribute: false },
  }
  static override styles = [base, controls]
  declare api: ApiClient
  declare feed: Feed
  declare feedState: FeedState
  declare session: SessionInfo
  declare route: Route

  protected override render() {
    return html`<sv-notice icon="person" heading=${messages.user.title} text=${messages.user.lead}>
      <a class="button" href=${formatRoute({ ...parseRoute(''), open: this.route.of })}>${messages.user.verification}</a>
    </sv-notice>`
  }
}

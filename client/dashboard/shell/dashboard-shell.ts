import { html, LitElement, nothing } from 'lit'
import type { SessionInfo } from '../../../server/protocol.ts'
import type { Feed } from '../feed.ts'
import type { FeedState } from '../feed-state.ts'
import { messages } from '../messages.ts'
import type { IconName } from '../parts/icons.ts'
import { icon } from '../parts/icons.ts'
import type { Route, View } from '../routing/route.ts'
import { formatRoute, parseRoute, VIEWS } from '../routing/route.ts'
import { base } from '../styles/base.ts'
import { hues } from '../styles/hues.ts'
import { brandMark } from './brand-mark.ts'
import { shellStyles } from './shell-styles.ts'

const VIEW_ICONS: Record<View, IconName> = {
  overview: 'overview',
  verifications: 'list',
  deliveries: 'inbox',
  sandbox: 'flask',
  operators: 'people',
  user: 'person',
}

/** What stands around every view: the rail, the title line with environment and connection, and the quiet voice for screen readers. */
export class DashboardShell extends LitElement {
  static override properties = {
    session: { attribute: false },
    feedState: { attribute: false },
    feed: { attribute: false },
    route: { attribute: false },
  }
  static override styles = [base, hues, shellStyles]
  declare session: SessionInfo
  declare feedState: FeedState
  declare feed: Feed
  declare route: Route

  protected override updated(): void {
    document.title = `${messages.app.views[this.route.view]} · ${messages.app.name}`
  }

  protected override render() {
    const { view } = this.route
    const { environment, warnings } = this.session
    return html`<nav class="rail" aria-label=${messages.app.navigation}>
        <a class="skip" href="#content" @click=${this.#handleSkip}>${messages.app.skip}</a>
        <a class="brand" href=${location.pathname} aria-label=${messages.app.name}>
          ${brandMark(24)}<span class="word">${messages.app.name}</span>
        </a>
        <ul>
          ${VIEWS.filter((each) => this.#isOnRail(each)).map((each) => this.#renderLink(each))}
        </ul>
        <sv-settings class="settings" .session=${this.session}></sv-settings>
      </nav>
      <header class="title-line" data-connection=${this.feedState.connection}>
        <h1>${messages.app.views[view]}</h1>
        <span class="environment ${environment}" data-hue="amber" title=${messages.app.environmentHints[environment]}
          >${messages.app.environments[environment]}</span
        >
        ${warnings.length > 0 ? html`<sv-warnings .codes=${warnings}></sv-warnings>` : nothing}
        <span class="gap"></span>
        <sv-connection .state=${this.feedState}></sv-connection>
      </header>
      <main id="content" tabindex="-1"><slot></slot></main>
      <sv-announcer .feed=${this.feed}></sv-announcer>
      <sv-shortcuts></sv-shortcuts>`
  }

  /** A user is come to from one of their verifications; the sandbox is there in the sandbox only. */
  #isOnRail(view: View): boolean {
    return view !== 'user' && (view !== 'sandbox' || this.session.environment === 'sandbox')
  }

  #renderLink(view: View) {
    const word = messages.app.views[view]
    const shown = this.route.view === 'user' ? 'verifications' : this.route.view
    return html`<li>
      <a
        href=${formatRoute({ ...parseRoute(''), view }) || location.pathname}
        aria-current=${view === shown ? 'page' : 'false'}
        >${icon(VIEW_ICONS[view])}<span class="word">${word}</span></a
      >
    </li>`
  }

  #handleSkip = (event: Event): void => {
    event.preventDefault()
    this.renderRoot.querySelector('main')?.focus()
  }
}

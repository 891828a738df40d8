import type { PropertyValues, TemplateResult } from 'lit'
import { html, LitElement } from 'lit'
import type { SessionInfo } from '../../server/protocol.ts'
import type { ApiClient } from './api/api-client.ts'
import { ApiError, readErrorCode } from './api/api-error.ts'
import { Retry } from './api/retry.ts'
import type { Feed } from './feed.ts'
import type { FeedState } from './feed-state.ts'
import { FEED_AT_START } from './feed-state.ts'
import { messages } from './messages.ts'
import { setWorkflowNames } from './parts/text/workflow-name.ts'
import { loadView } from './routing/load-view.ts'
import type { NavigateEvent } from './routing/navigate-event.ts'
import type { Route, View } from './routing/route.ts'
import { formatRoute, parseRoute } from './routing/route.ts'
import { takeSignInFailure } from './routing/sign-in-failure.ts'
import type { LeftOff } from './verifications/list/left-off.ts'

export interface DashboardDeps {
  api: ApiClient
  openFeed: (isSignedIn: () => Promise<boolean>) => Feed
}

type Stage = 'loading' | 'unreachable' | 'signed-out' | 'signed-in'

// Figures that change more often than this (ms) only flicker, and drawing them keeps the page from its rows.
const READABLE = 100

/** The page: who is signed in, what the address says, and the feed; everything below gets these as properties. */
export class DashboardApp extends LitElement {
  static override properties = {
    stage: { state: true },
    session: { state: true },
    feedState: { state: true },
    route: { state: true },
    missing: { state: true },
  }
  /** Given once, before the element is defined. */
  static deps: DashboardDeps | undefined

  declare stage: Stage
  declare session: SessionInfo | null
  declare feedState: FeedState
  declare route: Route
  /** A view whose chunk could not be fetched. */
  declare missing: View | null
  #feed: Feed | null = null
  #leftOff: LeftOff = { list: null }
  #wasSignedIn = false
  readonly #signInFailure = takeSignInFailure()
  readonly #enterRetry = new Retry(this, () => void this.#enter())
  readonly #viewRetry = new Retry(this, () => void this.#loadView())
  #shownAt = -Infinity
  #showing: ReturnType<typeof setTimeout> | undefined

  constructor() {
    super()
    this.stage = 'loading'
    this.session = null
    this.feedState = FEED_AT_START
    this.route = parseRoute(location.search)
    this.missing = null
  }

  override connectedCallback(): void {
    super.connectedCallback()
    addEventListener('popstate', this.#handleMoved)
    this.addEventListener('click', this.#handleLink)
    this.addEventListener('sv-navigate', this.#handleNavigate)
    void this.#enter()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    removeEventListener('popstate', this.#handleMoved)
    clearTimeout(this.#showing)
    this.#feed?.close()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const isOther = changed.has('route') && changed.get('route')?.view !== this.route.view
    if (!isOther && !changed.has('stage')) return
    this.missing = null
    this.#viewRetry.cancel()
    if (this.stage === 'signed-in') void this.#loadView()
  }

  async #loadView(): Promise<void> {
    const { view } = this.route
    const isThere = await loadView(view).then(
      () => true,
      () => false,
    )
    if (view !== this.route.view || this.stage !== 'signed-in') return
    if (isThere) this.missing = null
    else if (!customElements.get(`sv-${view}`)) {
      this.missing = view
      this.#viewRetry.later()
    }
  }

  protected override createRenderRoot(): HTMLElement {
    return this
  }

  protected override render() {
    if (this.stage === 'loading') return html`<p class="unseen" role="status">${messages.app.loading}</p>`
    if (this.stage !== 'signed-in' || !this.session || !this.#feed) {
      return html`<sv-sign-in
        .api=${this.#deps.api}
        ?ended=${this.#wasSignedIn}
        .failure=${this.#signInFailure}
        ?unreachable=${this.stage === 'unreachable'}
        @sv-signed-in=${this.#handleSignedIn}
      ></sv-sign-in>`
    }
    return html`<sv-shell
      .session=${this.session}
      .feedState=${this.feedState}
      .feed=${this.#feed}
      .route=${this.route}
      @sv-sign-out=${this.#handleSignOut}
      @sv-retry=${() => this.#feed?.retry()}
    >
      ${this.#renderView(this.session, this.#feed)}
    </sv-shell>`
  }

  /** Every view gets the same. What stands within one is seen until its own chunk is here. */
  #renderView(session: SessionInfo, feed: Feed): TemplateResult {
    const { api } = this.#deps
    const { feedState, route } = this
    if (this.missing === route.view) return html`<sv-missing></sv-missing>`
    const meanwhile = html`<sv-skeleton label=${messages.app.loadingView}></sv-skeleton>`
    const views: Record<View, () => TemplateResult> = {
      overview: () =>
        html`<sv-overview .api=${api} .feed=${feed} .feedState=${feedState} .session=${session} .route=${route}>${meanwhile}</sv-overview>`,
      verifications: () =>
        html`<sv-verifications .api=${api} .feed=${feed} .feedState=${feedState} .session=${session} .route=${route} .leftOff=${this.#leftOff}></sv-verifications>`,
      deliveries: () =>
        html`<sv-deliveries .api=${api} .feed=${feed} .session=${session} .route=${route}>${meanwhile}</sv-deliveries>`,
      sandbox: () =>
        html`<sv-sandbox .api=${api} .feed=${feed} .feedState=${feedState} .session=${session} .route=${route}>${meanwhile}</sv-sandbox>`,
      operators: () =>
        html`<sv-operators .api=${api} .feed=${feed} .feedState=${feedState} .session=${session} .route=${route}>${meanwhile}</sv-operators>`,
      user: () =>
        html`<sv-user .api=${api} .feed=${feed} .feedState=${feedState} .session=${session} .route=${route}>${meanwhile}</sv-user>`,
    }
    return views[route.view]()
  }

  get #deps(): DashboardDeps {
    const { deps } = DashboardApp
    if (!deps) throw new Error('DashboardApp.deps is not set')
    return deps
  }

  async #enter(): Promise<void> {
    this.#enterRetry.cancel()
    const { api, openFeed } = this.#deps
    try {
      this.session = await api.requestSession()
      setWorkflowNames(this.session.workflows)
    } catch (error) {
      if (readErrorCode(error) === 'unauthorized') return this.#leave()
      this.stage = 'unreachable'
      this.#enterRetry.later()
      return
    }
    this.#feed?.close()
    this.#feed = openFeed(() => this.#isSignedIn())
    this.feedState = this.#feed.state
    this.#feed.subscribe((state) => {
      if (state.connection === 'refused') this.#leave()
      else this.#show(state)
    })
    this.#wasSignedIn = true
    this.stage = 'signed-in'
  }

  /** Rows come by the feed's news, at once; figures as often as they can be read, and how current all is the moment it changes. */
  #show(state: FeedState): void {
    const now = performance.now()
    const wait = this.#shownAt + READABLE - now
    clearTimeout(this.#showing)
    if (wait > 0 && state.connection === this.feedState.connection) {
      this.#showing = setTimeout(() => this.#show(state), wait)
      return
    }
    this.#shownAt = now
    this.feedState = state
  }

  async #isSignedIn(): Promise<boolean> {
    return this.#deps.api.requestSession().then(
      () => true,
      (error: unknown) => !(error instanceof ApiError && error.code === 'unauthorized'),
    )
  }

  /** Nothing of what was on the screen outlives the session. */
  #leave(): void {
    clearTimeout(this.#showing)
    this.#feed?.close()
    this.#feed = null
    this.#leftOff = { list: null }
    this.session = null
    this.feedState = FEED_AT_START
    this.stage = 'signed-out'
  }

  #go(route: Route, replace: boolean): void {
    const address = `${location.pathname}${formatRoute(route)}`
    if (replace) history.replaceState(null, '', address)
    else history.pushState(null, '', address)
    this.route = route
  }

  #handleSignedIn = (): void => void this.#enter()

  #handleSignOut = async (): Promise<void> => {
    let there: string | null = null
    try {
      there = await this.#deps.api.signOut()
    } catch (error) {
      // Not signed out is not told as signed out; an ended session has ended either way.
      if (readErrorCode(error) !== 'unauthorized') return
    }
    this.#wasSignedIn = false
    this.#leave()
    // Otherwise whoever comes next to this browser is signed in again with one click.
    if (there !== null) location.assign(there)
  }

  #handleMoved = (): void => {
    this.route = parseRoute(location.search)
  }

  #handleNavigate = (event: NavigateEvent): void => {
    this.#go({ ...this.route, ...event.change }, event.replace)
  }

  /** Links within the page move without loading it again; with a modifier they open a tab, as links do. */
  #handleLink = (event: MouseEvent): void => {
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return
    const link = event.composedPath().find((each) => each instanceof HTMLAnchorElement)
    if (!link || link.target || link.origin !== location.origin || link.pathname !== location.pathname || link.hash)
      return
    event.preventDefault()
    this.#go(parseRoute(link.search), false)
  }
}

import type { PropertyValues } from 'lit'
import { css, html, LitElement, nothing } from 'lit'
import type { SessionInfo } from '../../../server/protocol.ts'
import type { ApiClient } from '../api/api-client.ts'
import { Retry } from '../api/retry.ts'
import type { Feed } from '../feed.ts'
import type { FeedState } from '../feed-state.ts'
import { isBehind } from '../feed-state.ts'
import { messages } from '../messages.ts'
import { icon } from '../parts/icons.ts'
import { HeldHeight } from '../parts/panel/held-height.ts'
import { WideController } from '../parts/panel/wide.ts'
import { NavigateEvent } from '../routing/navigate-event.ts'
import type { Route } from '../routing/route.ts'
import { formatRoute } from '../routing/route.ts'
import { renderEndOfRows, renderInsteadOfRows } from '../rows/row-states.ts'
import { base } from '../styles/base.ts'
import { controls } from '../styles/controls.ts'
import { viewStyles } from '../styles/view.ts'
import type { LeftOff } from './list/left-off.ts'
import { ListController } from './list/list-controller.ts'
import { countFilters, isSameList, readQuery, WITHOUT_FILTERS } from './list/list-query.ts'
import { requestWorkflows } from './list/request-workflows.ts'
import type { VerificationList } from './list/verification-list.ts'

/** Figures, filters and the live list; the open verification beside it, or over it where there is no room. */
export class VerificationsView extends LitElement {
  static override properties = {
    api: { attribute: false },
    feed: { attribute: false },
    feedState: { attribute: false },
    session: { attribute: false },
    route: { attribute: false },
    leftOff: { attribute: false },
    search: { state: true },
    workflows: { state: true },
    detail: { state: true },
  }
  static override styles = [
    base,
    controls,
    viewStyles,
    css`
      .above {
        display: grid;
        grid-template-rows: 1fr auto;
      }
      .old {
        opacity: 0.6;
      }
      /* Over the rows, so that nothing moves when it comes or goes: below the heads, which stick as it does. */
      .held {
        position: sticky;
        inset-block-start: var(--title-line);
        z-index: 3;
        display: grid;
        justify-items: center;
        block-size: 0;
      }
      .held .button {
        margin-block-start: 40px;
        border-radius: 16px;
        box-shadow: var(--shadow-float);
      }
      sv-verification-list {
        transition: opacity var(--steady) var(--ease);
      }
    `,
  ]
  declare api: ApiClient
  declare feed: Feed
  declare feedState: FeedState
  declare session: SessionInfo
  declare route: Route
  declare leftOff: LeftOff
  declare search: string
  declare workflows: readonly string[]
  /** The chunk that the panel is made of; `missing`: it could not be fetched. */
  declare detail: 'loading' | 'there' | 'missing'
  readonly #list = new ListController(this)
  readonly #wide = new WideController(this)
  readonly #above = new HeldHeight(this, () => this.renderRoot.querySelector('.above'))
  readonly #detailRetry = new Retry(this, () => void this.#loadDetail())
  #hasFollowed = false
  #scroll = 0
  /** Where to scroll to once the rows are there, px; null: nowhere. */
  #scrollBack: number | null = null

  constructor() {
    super()
    this.leftOff = { list: null }
    this.search = ''
    this.workflows = []
    this.detail = 'loading'
  }

  override connectedCallback(): void {
    super.connectedCallback()
    addEventListener('scroll', this.#handleScroll, { passive: true })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    removeEventListener('scroll', this.#handleScroll)
    this.leftOff.list = { address: formatRoute(this.route), search: this.search, scroll: this.#scroll }
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.hasUpdated) this.#comeBack()
    if (changed.has('feed')) this.#list.follow(this.api, this.feed)
    const before = changed.get('route')
    const moved =
      changed.has('search') || (changed.has('route') && (before === undefined || !isSameList(before, this.route)))
    if (moved) void this.#list.ask(readQuery(this.route, this.search, Date.now()), false)
    if (changed.has('route') && this.route.open !== null) void this.#loadDetail()
    const isBeside = this.route.open !== null && this.#wide.isWide
    this.#above.hold(isBeside)
    this.toggleAttribute('beside', isBeside)
  }

  protected override updated(): void {
    const rows = this.#rows
    this.#list.trim(rows?.drawnEnd ?? 0)
    if (rows && this.#scrollBack !== null) void this.#scrollTo(rows, this.#scrollBack)
    if (this.#list.state.phase === 'ready' && !this.#hasFollowed) void this.#followUp()
  }

  protected override render() {
    const { state, paused, waiting } = this.#list
    const instead = renderInsteadOfRows(state, messages.list, {
      isFiltered: this.search !== '' || countFilters(this.route) > 0 || this.route.sort === 'decidedAt',
      emptyIcon: 'shield',
      firstStep: html`<a class="button" href="/" target="_blank" rel="noopener">${messages.list.emptyStep}</a>`,
      retry: () => this.#retry(),
      clear: () => this.#clear(),
    })
    return html`<div class="left">
        <div class="above" .style=${`min-block-size: ${this.#above.height}px`}>
        <sv-status-counts .counts=${this.feedState.counts} .chosen=${this.route.statuses}></sv-status-counts>
        <div class="filters">
          <sv-filters .route=${this.route} .workflows=${this.workflows} .search=${this.search} @sv-search=${this.#handleSearch} @sv-to-rows=${() => this.#rows?.enter()}>
          <button
            class="button square ${paused ? '' : 'plain'}"
            type="button"
            aria-pressed=${paused}
            title=${messages.list.pause}
            aria-label=${messages.list.pause}
            @click=${() => this.#list.pause(!paused)}
          >
            ${icon(paused ? 'play' : 'pause')}
          </button>
          ${
            this.session.role === 'admin'
              ? html`<sv-export .api=${this.api} .query=${readQuery(this.route, this.search, Date.now())}></sv-export>`
              : nothing
          }
          </sv-filters>
        </div>
        </div>
        ${
          paused
            ? html`<div class="held" role="status">
              <button class="button main" type="button" @click=${() => this.#list.pause(false)}>
                ${icon('play')}${messages.list.resume(waiting)}
              </button>
            </div>`
            : nothing
        }
        ${
          instead ??
          html`<sv-verification-list
            class=${state.phase === 'refreshing' ? 'old' : ''}
            .items=${state.items}
            .hasMore=${state.next !== null}
            .open=${this.route.open}
            .sort=${state.query.sort}
            .order=${state.query.order}
            .environment=${this.session.environment}
            .follow=${this.#wide.isWide}
            @sv-more=${() => void this.#list.askMore()}
          ></sv-verification-list>
          ${renderEndOfRows(state, messages.list, () => void this.#list.askMore())}`
        }
      </div>
      ${this.route.open === null ? nothing : this.#renderDetail(this.route.open)}`
  }

  #renderDetail(id: string) {
    if (this.detail !== 'there') {
      return html`<sv-panel heading=${messages.detail.title} ?beside=${this.#wide.isWide}
        >${
          this.detail === 'missing'
            ? html`<sv-missing></sv-missing>`
            : html`<sv-skeleton label=${messages.detail.loading} plain></sv-skeleton>`
        }</sv-panel
      >`
    }
    return html`<sv-verification-panel
      .api=${this.api}
      .feed=${this.feed}
      .openId=${id}
      ?beside=${this.#wide.isWide}
      ?isBehind=${isBehind(this.feedState)}
      ?isAdmin=${this.session.role === 'admin'}
      .panelUrl=${this.session.seonPanelUrl ?? null}
      ?inSandbox=${this.session.environment === 'sandbox' && this.session.role === 'admin'}
    ></sv-verification-panel>`
  }

  get #rows(): VerificationList | null {
    return this.renderRoot.querySelector<VerificationList>('sv-verification-list')
  }

  /** To the list as it was left, if it is the same one. */
  #comeBack(): void {
    const { list } = this.leftOff
    if (list?.address !== formatRoute(this.route)) return
    this.search = list.search
    this.#scrollBack = list.scroll
  }

  async #scrollTo(rows: VerificationList, top: number): Promise<void> {
    this.#scrollBack = null
    await rows.updateComplete
    scrollTo({ top, behavior: 'instant' })
  }

  /** After the rows, which wait for nothing else. Without an answer the list lacks one filter. */
  async #followUp(): Promise<void> {
    this.#hasFollowed = true
    this.workflows = await requestWorkflows(this.api).catch(() => [])
    await this.#loadDetail()
  }

  async #loadDetail(): Promise<void> {
    if (this.detail === 'there') return
    this.#detailRetry.cancel()
    this.detail = await import('./detail/elements.ts').then(
      () => 'there',
      () => 'missing',
    )
    if (this.detail === 'missing' && this.isConnected) this.#detailRetry.later()
  }

  #clear(): void {
    this.search = ''
    this.dispatchEvent(new NavigateEvent({ ...WITHOUT_FILTERS, sort: 'createdAt' }))
  }

  #retry(): void {
    void this.#list.ask(readQuery(this.route, this.search, Date.now()), false)
  }

  // Once the view is taken out, the page is shorter and has scrolled by itself.
  #handleScroll = (): void => {
    this.#scroll = scrollY
  }

  #handleSearch = (event: CustomEvent<string>): void => {
    this.search = event.detail
  }
}

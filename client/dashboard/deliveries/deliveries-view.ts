import type { PropertyValues } from 'lit'
import { css, html, LitElement, nothing } from 'lit'
import type { SessionInfo } from '../../../server/protocol.ts'
import { OUTCOMES, SOURCES } from '../../../server/protocol.ts'
import type { ApiClient } from '../api/api-client.ts'
import type { Feed } from '../feed.ts'
import { messages } from '../messages.ts'
import { WideController } from '../parts/panel/wide.ts'
import { renderSelect } from '../parts/select.ts'
import { NavigateEvent } from '../routing/navigate-event.ts'
import type { Route } from '../routing/route.ts'
import { renderEndOfRows, renderInsteadOfRows } from '../rows/row-states.ts'
import { base } from '../styles/base.ts'
import { controls } from '../styles/controls.ts'
import { viewStyles } from '../styles/view.ts'
import { DeliveriesController } from './deliveries-controller.ts'
import type { DeliveryList } from './delivery-list.ts'

const words = messages.deliveries

/** Every arrival with what became of it, refused ones included. */
export class DeliveriesView extends LitElement {
  static override properties = {
    api: { attribute: false },
    feed: { attribute: false },
    route: { attribute: false },
    session: { attribute: false },
  }
  static override styles = [
    base,
    controls,
    viewStyles,
    css`
      .filters {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-8);
      }
      .lead {
        flex: 1 1 160px;
        color: var(--text-quiet);
        font-size: var(--size-13);
      }
      @container (max-width: 679.98px) {
        .lead {
          display: none;
        }
      }
    `,
  ]
  declare api: ApiClient
  declare feed: Feed
  declare route: Route
  declare session: SessionInfo
  readonly #list = new DeliveriesController(this)
  readonly #wide = new WideController(this)

  constructor() {
    super()
    this.addController(this.#list)
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('feed')) this.#list.follow(this.api, this.feed)
    const before = changed.get('route')
    const { outcome, source } = this.route
    const isOther = before === undefined || before.outcome !== outcome || before.source !== source
    if (changed.has('route') && isOther) void this.#list.ask({ outcome, source })
    this.toggleAttribute('beside', this.route.open !== null && this.#wide.isWide)
  }

  protected override updated(): void {
    const list = this.renderRoot.querySelector<DeliveryList>('sv-delivery-list')
    // One that was scrolled and is not drawn yet does not know what is looked at.
    if (list && !list.isUpdatePending) this.#list.trim(list.drawnEnd)
  }

  protected override render() {
    const { pages } = this.#list
    const { outcome, source, open } = this.route
    const isFiltered = outcome !== null || source !== null
    const instead = renderInsteadOfRows(pages, words, {
      isFiltered,
      emptyIcon: 'inbox',
      retry: () => this.#retry(),
      clear: () => this.#clear(),
    })
    return html`<div class="left">
        <search class="filters">
          <p class="lead cut-off">${words.lead}</p>
          ${renderSelect({
            label: words.outcome,
            chosen: outcome,
            options: OUTCOMES,
            names: words.outcomes,
            choose: (chosen) => this.#filter({ outcome: chosen }),
          })}
          ${renderSelect({
            label: words.source,
            chosen: source,
            options: SOURCES,
            names: messages.sources,
            choose: (chosen) => this.#filter({ source: chosen }),
          })}
          ${
            isFiltered
              ? html`<button
                class="button plain"
                type="button"
                @click=${() => this.#clear()}
              >
                ${messages.list.clear}
              </button>`
              : nothing
          }
          ${
            this.session.role === 'admin'
              ? html`<sv-replay-range
                .api=${this.api}
                .query=${{ outcome, source }}
                .listed=${pages.items.map(({ id }) => id)}
                @sv-replayed=${() => void this.#list.look()}
              ></sv-replay-range>`
              : nothing
          }
        </search>
        ${
          instead ??
          html`<sv-delivery-list
              .items=${pages.items}
              .hasMore=${pages.next !== null}
              .open=${open}
              .follow=${this.#wide.isWide}
              @sv-more=${() => void this.#list.askMore()}
            ></sv-delivery-list>
            ${renderEndOfRows(pages, words, () => void this.#list.askMore())}`
        }
      </div>
      ${
        open === null
          ? nothing
          : html`<sv-delivery-panel .api=${this.api} .openId=${open} ?beside=${this.#wide.isWide} ?isAdmin=${this.session.role === 'admin'}></sv-delivery-panel>`
      }`
  }

  #filter(change: Partial<Route>): void {
    this.dispatchEvent(new NavigateEvent(change))
  }

  #clear(): void {
    this.#filter({ outcome: null, source: null })
  }

  #retry(): void {
    void this.#list.ask({ outcome: this.route.outcome, source: this.route.source })
  }
}

import type { PropertyValues } from 'lit'
import { html, LitElement, nothing } from 'lit'
import type { SessionInfo, Statistics } from '../../../server/protocol.ts'
import type { ApiClient } from '../api/api-client.ts'
import type { Feed } from '../feed.ts'
import type { FeedState } from '../feed-state.ts'
import { messages } from '../messages.ts'
import { icon } from '../parts/icons.ts'
import { formatClock } from '../parts/time/time-format.ts'
import { NavigateEvent } from '../routing/navigate-event.ts'
import { readPeriodStart } from '../routing/period.ts'
import type { Route } from '../routing/route.ts'
import { base } from '../styles/base.ts'
import { controls } from '../styles/controls.ts'
import { hues } from '../styles/hues.ts'
import { tableStyles } from '../styles/table.ts'
import { renderFunnel } from './funnel.ts'
import { renderGaveUp, renderLastHeard } from './gave-up.ts'
import { readOverviewPeriod, renderOverviewFilters } from './overview-filters.ts'
import { overviewStyles } from './overview-styles.ts'
import type { StatisticsQuery } from './request-statistics.ts'
import { StatisticsController } from './statistics-controller.ts'
import { renderWebhookLag } from './webhook-lag.ts'

const words = messages.overview

/** The figures of a period, and above them what stands where right now. Nothing in it is guessed ahead of the server. */
export class OverviewView extends LitElement {
  static override properties = {
    api: { attribute: false },
    feed: { attribute: false },
    feedState: { attribute: false },
    session: { attribute: false },
    route: { attribute: false },
  }
  static override styles = [base, controls, hues, tableStyles, overviewStyles]
  declare api: ApiClient
  declare feed: Feed
  declare feedState: FeedState
  declare session: SessionInfo
  declare route: Route
  readonly #figures = new StatisticsController(this)

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('feed')) this.#figures.follow(this.api, this.feed)
    const before = changed.get('route')
    if (changed.has('route') && (before === undefined || !isSameQuestion(before, this.route))) {
      this.#figures.ask(() => makeQuery(this.route, Date.now()))
    }
  }

  protected override render() {
    const { statistics } = this.#figures
    return html`<sv-status-counts
        .counts=${this.feedState.counts}
        .chosen=${[]}
        @sv-navigate=${this.#handleStatus}
      ></sv-status-counts>
      ${renderOverviewFilters(this.route, statistics, (change) => this.#go(change), this.#renderAsOf())}
      ${statistics === null ? this.#renderInstead() : this.#renderFigures(statistics)}`
  }

  #renderInstead() {
    const { error } = this.#figures
    if (error === null) return html`<sv-overview-skeleton label=${words.loading}></sv-overview-skeleton>`
    const retry = error !== 'forbidden' && error !== 'unauthorized'
    return html`<sv-notice
      .icon=${error === 'offline' ? 'offline' : error === 'forbidden' ? 'key' : 'warning'}
      heading=${words.failed}
      text=${messages.failures[error]}
      >${retry ? html`<button type="button" class="button" @click=${() => this.#figures.retry()}>${messages.rows.retry}</button>` : nothing}</sv-notice
    >`
  }

  #renderFigures(statistics: Statistics) {
    const { isOld } = this.#figures
    if (isNothing(statistics)) return this.#renderEmpty(statistics)
    return html`<div class="figures ${isOld ? 'old' : ''}" aria-busy=${isOld}>
        <sv-main-figures .statistics=${statistics} .route=${this.route}></sv-main-figures>
        <sv-decisions-chart .statistics=${statistics}></sv-decisions-chart>
        <div class="parts">
          ${renderFunnel(statistics)}${renderGaveUp(statistics)}${renderLastHeard(statistics)}${renderWebhookLag(statistics)}
        </div>
      </div>`
  }

  /** Of when the figures are; and if newer ones failed, that. */
  #renderAsOf() {
    const { error, askedAt, statistics } = this.#figures
    if (statistics === null) return nothing
    if (error === null) return html`<span class="as-of">${words.asOf(formatClock(askedAt))}</span>`
    return html`<span class="as-of failed" role="alert"
      >${icon('warning')}${words.refreshFailed(formatClock(askedAt))} ${messages.failures[error]}
      <button class="button" type="button" @click=${() => this.#figures.retry()}>${messages.rows.retry}</button></span
    >`
  }

  /** A server on which nothing ever was teaches the first step; a period without anything, the way back. */
  #renderEmpty({ workflows, vendors }: Statistics) {
    const isFiltered = this.route.vendor !== null || this.route.workflow !== null || this.route.period !== null
    if (workflows.length === 0 && vendors.length === 0) {
      return html`<sv-notice icon="overview" heading=${words.empty} text=${words.emptyNext}
        ><a class="button" href="/" target="_blank" rel="noopener">${words.emptyStep}</a></sv-notice
      >`
    }
    return html`<sv-notice icon="search" heading=${words.none} text=${words.noneNext}
      >${
        isFiltered
          ? html`<button type="button" class="button" @click=${() => this.#go({ vendor: null, workflow: null, period: null })}>
              ${words.noneStep}
            </button>`
          : nothing
      }</sv-notice
    >`
  }

  #go(change: Partial<Route>): void {
    this.dispatchEvent(new NavigateEvent(change))
  }

  /** A status among the figures leads to the list of it. */
  #handleStatus = (event: NavigateEvent): void => {
    event.stopPropagation()
    this.#go({ ...event.change, view: 'verifications' })
  }
}

function makeQuery(route: Route, now: number): StatisticsQuery {
  return {
    from: readPeriodStart(readOverviewPeriod(route), now),
    to: new Date(now).toISOString(),
    workflow: route.workflow,
    vendor: route.vendor,
  }
}

function isSameQuestion(a: Route, b: Route): boolean {
  return a.vendor === b.vendor && a.workflow === b.workflow && readOverviewPeriod(a) === readOverviewPeriod(b)
}

function isNothing({ funnel, decided, webhookLag }: Statistics): boolean {
  return funnel.created === 0 && decided.approved + decided.review + decided.declined === 0 && webhookLag.length === 0
}

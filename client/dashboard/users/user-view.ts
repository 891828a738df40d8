import type { PropertyValues, TemplateResult } from 'lit'
import { html, LitElement, nothing } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { SessionInfo, UserEvent, UserPage, Verification } from '../../../server/protocol.ts'
import type { ApiClient } from '../api/api-client.ts'
import { Question } from '../api/question.ts'
import type { Feed, FeedNews } from '../feed.ts'
import type { FeedState } from '../feed-state.ts'
import { messages } from '../messages.ts'
import { icon } from '../parts/icons.ts'
import { STATUS_LOOKS } from '../parts/status/status-look.ts'
import { lookUp } from '../parts/text/look-up.ts'
import { renderCode } from '../parts/text/render-code.ts'
import { shortenId } from '../parts/text/short-id.ts'
import { nameWorkflow } from '../parts/text/workflow-name.ts'
import { formatDay, formatDuration } from '../parts/time/time-format.ts'
import type { Route } from '../routing/route.ts'
import { formatRoute, parseRoute } from '../routing/route.ts'
import { base } from '../styles/base.ts'
import { controls } from '../styles/controls.ts'
import { factsStyles } from '../styles/facts.ts'
import { hues } from '../styles/hues.ts'
import { timelineStyles } from '../verifications/detail/timeline-styles.ts'
import { requestUser } from './request-user.ts'
import { readStandings } from './standings.ts'
import type { EntryKind, UserEntry } from './user-entries.ts'
import { KINDS, mergeEntries, readEventLook, readLastHeard } from './user-entries.ts'
import { userStyles } from './user-styles.ts'

const words = messages.user

/** Everything about the user of the verification `route.of`, in one order of time. */
export class UserView extends LitElement {
  static override properties = {
    api: { attribute: false },
    feed: { attribute: false },
    feedState: { attribute: false },
    session: { attribute: false },
    route: { attribute: false },
    kind: { state: true },
  }
  static override styles = [base, controls, hues, factsStyles, timelineStyles, userStyles]
  declare api: ApiClient
  declare feed: Feed
  declare feedState: FeedState
  declare session: SessionInfo
  declare route: Route
  /** What is shown of it; null: everything. */
  declare kind: EntryKind | null
  readonly #page = new Question(this, (signal) => requestUser(this.api, this.route.of ?? '', signal))
  #unsubscribe: (() => void) | undefined

  constructor() {
    super()
    this.kind = null
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#unsubscribe?.()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('feed')) {
      this.#unsubscribe?.()
      this.#unsubscribe = this.feed.subscribe((_state, news) => {
        if (news && this.#isAbout(news)) this.#page.ask()
      })
    }
    if (!changed.has('route') || changed.get('route')?.of === this.route.of) return
    this.kind = null
    if (this.route.of === null) this.#page.forget()
    else this.#page.begin()
  }

  protected override render() {
    const { answer: page, failure } = this.#page
    if (this.route.of === null) return this.#renderNobody(words.noAddress, words.noAddressNext)
    if (page !== null) return this.#renderPage(page, this.route.of)
    if (failure === null) return html`<sv-skeleton label=${words.loading} plain></sv-skeleton>`
    if (failure === 'not_found') return this.#renderNobody(words.missing, words.missingNext)
    return html`<sv-notice icon="warning" heading=${words.failed} text=${messages.failures[failure]}>
      <button class="button" type="button" @click=${() => this.#page.ask()}>${messages.rows.retry}</button>
    </sv-notice>`
  }

  #renderNobody(heading: string, text: string) {
    return html`<sv-notice icon="person" heading=${heading} text=${text}>
      <a class="button" href=${formatRoute(parseRoute('')) || location.pathname}>${words.toList}</a>
    </sv-notice>`
  }

  #renderPage(page: UserPage, of: string) {
    const entries = mergeEntries(page)
    const shown = entries.filter((each) => this.kind === null || each.kind === this.kind)
    return html`<div class="whole">
      <div class="who">
        <dl>
          ${renderFact(words.user, html`<sv-user-id .api=${this.api} of=${of} .value=${page.userId} ?mayReveal=${this.session.role === 'admin'}></sv-user-id>`)}
          ${renderFact(words.environment, messages.app.environments[page.environment])}
          ${renderFact(words.standing, renderStandings(page.verifications))}
          ${renderTime(words.last, readLastHeard(page))} ${renderTime(words.first, entries.at(-1)?.at)}
        </dl>
        <p class="ways">
          <a class="button" href=${formatRoute({ ...parseRoute(''), open: of })}>${icon('shield')}${words.back}</a>
        </p>
      </div>
      <div class="history">
        <div class="kinds" role="group" aria-label=${words.show}>
          ${this.#renderKind(null, entries.length)}
          ${KINDS.map((kind) => this.#renderKind(kind, entries.filter((each) => each.kind === kind).length))}
        </div>
        ${this.#page.failure === null ? nothing : html`<p class="cut quiet" role="status">${words.old}</p>`}
        ${page.isCut ? html`<p class="cut quiet">${words.cut}</p>` : nothing}
        ${
          shown.length === 0
            ? html`<sv-notice icon="search" heading=${words.none} text=${words.noneNext}></sv-notice>`
            : html`<ol aria-label=${words.history}>
              ${repeat(
                shown,
                ({ key }) => key,
                (entry, place) => renderEntry(entry, shown[place - 1]),
              )}
            </ol>`
        }
      </div>
    </div>`
  }

  #renderKind(kind: EntryKind | null, count: number) {
    // What is usually empty is not worth a button.
    if (kind === 'other' && count === 0) return nothing
    const word = words.kinds[kind ?? 'all']
    return html`<button
      class="button"
      type="button"
      aria-pressed=${this.kind === kind}
      @click=${() => (this.kind = kind)}
    >
      ${word}<span class="count">${messages.number(count)}</span>
    </button>`
  }

  /** A user's transactions and alerts move their verifications, too: that is how one hears of them. */
  #isAbout({ fresh, changed }: FeedNews): boolean {
    const { answer: page } = this.#page
    if (this.route.of === null) return false
    if (fresh || page === null) return true
    const known = new Set(page.verifications.map(({ id }) => id))
    return changed.some((each) => known.has(each.id) || each.userId === page.userId)
  }
}

function renderFact(word: string, value: unknown): TemplateResult {
  return html`<div>
    <dt>${word}</dt>
    <dd>${value}</dd>
  </div>`
}

/** One for each workflow, which is named where there are several. */
function renderStandings(verifications: readonly Verification[]) {
  const standings = readStandings(verifications)
  return standings.map(
    ({ status, overdue, workflow }) =>
      html`<span class="standing"
        ><sv-status .status=${status} ?overdue=${overdue}></sv-status
        >${standings.length > 1 ? html`<bdi class="quiet">${nameWorkflow(workflow)}</bdi>` : nothing}</span
      >`,
  )
}

function renderTime(word: string, at: string | undefined) {
  return at === undefined ? nothing : renderFact(word, html`<sv-time .datetime=${at} reachable></sv-time>`)
}

function renderEntry(entry: UserEntry, before: UserEntry | undefined) {
  const day = formatDay(Date.parse(entry.at))
  const isNewDay = before === undefined || formatDay(Date.parse(before.at)) !== day
  const body = entry.kind === 'verification' ? renderVerification(entry.verification) : renderEvent(entry.event)
  return html`${isNewDay ? html`<li class="day">${day}</li>` : nothing}${body}`
}

function renderVerification(each: Verification) {
  const decision = each.decidedAt === null ? null : Date.parse(each.decidedAt) - Date.parse(each.createdAt)
  return html`<li class="entry" data-hue=${STATUS_LOOKS[each.status].hue}>
    <span class="dot">${icon('shield')}</span>
    <div>
      <p class="title">
        <a href=${formatRoute({ ...parseRoute(''), open: each.id })}>${words.verification(messages.vendors[each.vendor])}</a>
        <span class="arrow" aria-hidden="true">→</span><sv-status .status=${each.status} ?overdue=${each.overdue}></sv-status>
      </p>
      <p class="more">
        <bdi>${nameWorkflow(each.workflow)}</bdi>
        <bdi class="code" title=${each.vendorId}>${shortenId(each.vendorId)}</bdi>
        ${decision === null ? nothing : html`<span>${words.decidedAfter(formatDuration(decision))}</span>`}
      </p>
    </div>
    <sv-time .datetime=${each.createdAt} clock reachable></sv-time>
  </li>`
}

function renderEvent(event: UserEvent) {
  const { hue, icon: shape } = readEventLook(event)
  const { detail, transactionId, deliveryId, verificationId } = event
  return html`<li class="entry" data-hue=${hue}>
    <span class="dot report">${icon(shape)}</span>
    <div>
      <p class="title">
        <span>${words.events[event.kind]}</span>${detail === undefined ? nothing : html`<bdi class="word">${detail}</bdi>`}
      </p>
      ${event.flags.map((flag) => html`<p class="note">${lookUp(messages.detail.knownFlags, flag) ?? renderCode(flag)}</p>`)}
      <p class="more">
        <span>${messages.sources[event.source]}</span>
        <bdi class="code">${event.event}</bdi>
        ${transactionId === undefined ? nothing : html`<bdi class="code" title=${transactionId}>${shortenId(transactionId)}</bdi>`}
        ${
          verificationId === undefined
            ? nothing
            : html`<a href=${formatRoute({ ...parseRoute(''), open: verificationId })}>${words.stepOf}</a>`
        }
        ${
          deliveryId === undefined
            ? nothing
            : html`<a href=${formatRoute({ ...parseRoute(''), view: 'deliveries', open: deliveryId })}
                >${words.delivery} <bdi class="code">${shortenId(deliveryId)}</bdi></a
              >`
        }
      </p>
    </div>
    <sv-time .datetime=${event.at} clock reachable></sv-time>
  </li>`
}

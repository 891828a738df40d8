import { html, LitElement, nothing } from 'lit'
import type { TimelineEntry } from '../../../../server/protocol.ts'
import { HINTS } from '../../../../server/protocol.ts'
import { messages } from '../../messages.ts'
import type { IconName } from '../../parts/icons.ts'
import { icon } from '../../parts/icons.ts'
import { STATUS_LOOKS } from '../../parts/status/status-look.ts'
import { shortenId } from '../../parts/text/short-id.ts'
import { formatDay } from '../../parts/time/time-format.ts'
import { base } from '../../styles/base.ts'
import { hues } from '../../styles/hues.ts'
import { timelineStyles } from './timeline-styles.ts'

const words = messages.timeline
const SOURCE_ICONS: Record<TimelineEntry['kind'], IconName> = {
  init: 'server',
  hint: 'page',
  report: 'shield',
  unrecognised: 'unrecognised',
}

/** What was said, by whom and when, oldest first. A browser's hint is outlined, a vendor's fact filled. */
export class TimelineView extends LitElement {
  static override properties = { entries: { attribute: false } }
  static override styles = [base, hues, timelineStyles]
  declare entries: readonly TimelineEntry[]

  constructor() {
    super()
    this.entries = []
  }

  protected override render() {
    return html`<div class="head">
        <h3>${messages.detail.timeline}</h3>
        <p class="legend" aria-hidden="true">
          <span class="dot report" data-hue="grey"></span>${messages.detail.factsLegend}
          <span class="dot hint" data-hue="grey"></span>${messages.detail.hintsLegend}
        </p>
      </div>
      ${
        this.entries.length === 0
          ? html`<p class="quiet">${words.empty}</p>`
          : html`<ol>
            ${this.entries.map((entry, place) => this.#renderEntry(entry, this.entries[place - 1]))}
          </ol>`
      }`
  }

  #renderEntry(entry: TimelineEntry, before: TimelineEntry | undefined) {
    const day = formatDay(Date.parse(entry.at))
    const isNewDay = before === undefined || formatDay(Date.parse(before.at)) !== day
    return html`${isNewDay ? html`<li class="day">${day}</li>` : nothing}
      <li class="entry" data-hue=${entry.status ? STATUS_LOOKS[entry.status].hue : 'grey'}>
        <span class="dot ${entry.kind}">${icon(SOURCE_ICONS[entry.kind])}</span>
        <div class="what">
          <p class="title">
            <span>${readTitle(entry)}</span>${
              entry.status
                ? html`<span class="arrow" aria-hidden="true">→</span><sv-status .status=${entry.status}></sv-status>`
                : nothing
            }
          </p>
          <p class="more">
            <span>${messages.sources[entry.source]}</span>
            <span class="unseen">${words.kinds[entry.kind]}</span>
            ${entry.event && (entry.kind === 'report' || entry.kind === 'unrecognised') ? html`<bdi class="code">${entry.event}</bdi>` : nothing}
            ${entry.detail ? html`<bdi class="code">${entry.detail}</bdi>` : nothing}
            ${entry.deliveryId ? this.#renderDelivery(entry.deliveryId) : nothing}
          </p>
        </div>
        <sv-time .datetime=${entry.at} clock reachable></sv-time>
      </li>`
  }

  #renderDelivery(id: string) {
    return html`<a href="?view=deliveries&open=${encodeURIComponent(id)}" title=${id}
      >${words.delivery} <bdi class="code">${shortenId(id)}</bdi></a
    >`
  }
}

function readTitle(entry: TimelineEntry): string {
  if (entry.kind === 'init') return words.init
  if (entry.kind === 'unrecognised') return words.unrecognised
  if (entry.kind === 'report') return words.report(messages.sources[entry.source])
  const hint = HINTS.find((each) => each === entry.event)
  return hint ? words.hints[hint] : words.hint
}

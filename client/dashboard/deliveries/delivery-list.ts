import { html, nothing } from 'lit'
import type { Delivery } from '../../../server/protocol.ts'
import { messages } from '../messages.ts'
import { formatBytes } from '../parts/text/bytes.ts'
import { nameEvent } from '../parts/text/event-name.ts'
import { lookUp } from '../parts/text/look-up.ts'
import { renderTime } from '../parts/time/render-time.ts'
import { RowList } from '../rows/row-list.ts'
import { badgeStyles } from '../styles/badge.ts'
import { deliveryListStyles } from './delivery-list-styles.ts'
import { OUTCOME_LOOKS } from './outcome-look.ts'
import { renderOutcome } from './render-outcome.ts'

const words = messages.deliveries

/** Every arrival, newest first. */
export class DeliveryList extends RowList<Delivery> {
  static override styles = [...RowList.styles, badgeStyles, deliveryListStyles]
  protected override readonly label = words.title

  protected override readVersion(row: Delivery) {
    return row.outcome
  }

  protected override readCopied(row: Delivery) {
    return row.id
  }

  protected override readHue(row: Delivery) {
    return OUTCOME_LOOKS[row.outcome].hue
  }

  protected override renderHeads() {
    return Object.entries(words.columns).map(
      ([name, word]) => html`<span class=${name} role="columnheader">${word}</span>`,
    )
  }

  protected override renderCells(row: Delivery) {
    return html`<span class="outcome" role="gridcell">${renderOutcome(row.outcome)}</span>
      <span class="event lead cut-off" role="gridcell"
        ><a href=${this.linkTo(row)} tabindex="-1"
          ><bdi>${renderEvent(row)}</bdi></a
        ></span
      >
      <span class="source quiet cut-off" role="gridcell">${messages.sources[row.source]}</span>
      <span class="reason quiet cut-off" role="gridcell"
        >${row.reason === undefined ? nothing : html`<bdi>${readReason(row.reason)}</bdi>`}</span
      >
      <span class="id" role="gridcell">${this.renderId(row.id)}</span>
      <span class="bytes quiet" role="gridcell">${formatBytes(row.bytes)}</span>
      <span class="receivedAt quiet" role="gridcell">${renderTime(row.receivedAt)}</span>`
  }
}

/**
 * The event's own name, its group before it where there is room, on a phone in words; for what was not even read, why. Names begin
 * alike and differ in their last word: where they are cut, it is before that.
 */
function renderEvent({ event, reason }: Delivery) {
  if (event === undefined)
    return html`<span class="quiet">${reason === undefined ? words.noEvent : readReason(reason)}</span>`
  const name = event.lastIndexOf('/') + 1
  const end = Math.max(name, event.lastIndexOf('_'))
  const said = nameEvent(event)
  return html`<span class="code name ${said === undefined ? '' : 'long'}"
      ><span class="group">${event.slice(0, name)}</span><span class="cut-off">${event.slice(name, end)}</span
      ><span>${event.slice(end)}</span></span
    >${said === undefined ? nothing : html`<span class="short">${said}</span>`}`
}

function readReason(reason: string): string {
  return lookUp(words.reasons, reason)?.short ?? reason
}

import type { TemplateResult } from 'lit'
import { html, nothing } from 'lit'
import type { Verification } from '../../../server/protocol.ts'
import { messages } from '../messages.ts'
import { maskPersonal } from '../parts/mask.ts'
import { STATUS_LOOKS } from '../parts/status-look.ts'
import { formatRoute, parseRoute } from '../route.ts'

const words = messages.list

export interface RowPlace {
  place: number
  /** Px below the list's top. */
  top: number
  isActive: boolean
  isOpen: boolean
  /** Of another environment than the server's own, which a row must say. */
  isForeign: boolean
}

export function renderColumnHeads(): TemplateResult {
  return html`<div class="heads line" role="row" aria-rowindex="1">
    ${Object.entries(words.columns).map(([name, word]) => html`<span class=${name} role="columnheader">${word}</span>`)}
  </div>`
}

/**
 * One verification in the list; its cells carry the columns' names as classes, by which narrow lists drop them. Its place is set as a
 * property: `styleMap` would write a style attribute first, which the page's Content-Security-Policy forbids.
 */
export function renderRow(each: Verification, { place, top, isActive, isOpen, isForeign }: RowPlace): TemplateResult {
  return html`<div
    id="row-${each.id}"
    class="row line ${isActive ? 'active' : ''}"
    role="row"
    data-id=${each.id}
    data-hue=${STATUS_LOOKS[each.status].hue}
    aria-rowindex=${place + 2}
    aria-selected=${isOpen}
    .style=${`transform: translateY(${top}px)`}
  >
    <span class="status" role="gridcell"
      ><sv-status .status=${each.status} ?overdue=${each.overdue}></sv-status
      >${isForeign ? html`<span class="foreign">${messages.app.environments[each.environment]}</span>` : nothing}</span
    >
    <span class="user cut-off" role="gridcell"
      ><a href=${formatRoute({ ...parseRoute(location.search), open: each.id })} tabindex="-1"
        ><bdi>${each.userId === null ? html`<span class="quiet">${words.noUser}</span>` : maskPersonal(each.userId)}</bdi></a
      ></span
    >
    <span class="vendorId" role="gridcell"><sv-copy-id .value=${each.vendorId} skipped></sv-copy-id></span>
    <span class="workflow cut-off quiet" role="gridcell"><bdi>${each.workflow ?? messages.detail.defaultWorkflow}</bdi></span>
    <span class="vendor quiet" role="gridcell">${messages.vendors[each.vendor]}</span>
    <span class="createdAt quiet" role="gridcell"><sv-time .datetime=${each.createdAt}></sv-time></span>
    <span class="updatedAt quiet" role="gridcell"><sv-time .datetime=${each.updatedAt}></sv-time></span>
  </div>`
}

import type { PropertyDeclarations } from 'lit'
import { html, nothing } from 'lit'
import type { Environment, Sort, Verification } from '../../../../server/protocol.ts'
import { messages } from '../../messages.ts'
import { icon } from '../../parts/icons.ts'
import { renderStatus, statusStyles } from '../../parts/status/render-status.ts'
import { STATUS_LOOKS } from '../../parts/status/status-look.ts'
import { nameWorkflow } from '../../parts/text/workflow-name.ts'
import { renderTime } from '../../parts/time/render-time.ts'
import type { Order } from '../../routing/route.ts'
import { RowList } from '../../rows/row-list.ts'
import { verificationListStyles } from './verification-list-styles.ts'

const words = messages.list

/** The live list; its cells carry the columns' names as classes, by which a narrow list drops them. */
export class VerificationList extends RowList<Verification> {
  static override properties: PropertyDeclarations = { environment: {}, sort: {}, order: {} }
  static override styles = [...RowList.styles, ...statusStyles, verificationListStyles]
  /** The server's own; a row of the other one says so. */
  declare environment: Environment
  declare sort: Sort
  declare order: Order
  protected override readonly label = words.title

  constructor() {
    super()
    this.environment = 'live'
    this.sort = 'createdAt'
    this.order = 'desc'
  }

  protected override readVersion(row: Verification) {
    return row.revision
  }

  protected override readCopied(row: Verification) {
    return row.vendorId
  }

  protected override readHue(row: Verification) {
    return STATUS_LOOKS[row.status].hue
  }

  protected override renderHeads() {
    const times = this.#readTimes()
    const names = ['status', 'user', 'vendorId', 'workflow', 'vendor', ...times] as const
    return names.map((name) => {
      const isSorted = name === this.sort
      return html`<span
        class="${name} ${readTimeClass(times.findIndex((time) => time === name))}"
        role="columnheader"
        aria-sort=${isSorted ? (this.order === 'asc' ? 'ascending' : 'descending') : nothing}
        >${words.columns[name]}${isSorted ? icon(this.order === 'asc' ? 'up' : 'down') : nothing}</span
      >`
    })
  }

  /** The time that is sorted by comes first, as a narrow list has room for one alone. */
  #readTimes(): readonly Sort[] {
    if (this.sort === 'createdAt') return ['createdAt', 'updatedAt']
    return [this.sort, 'createdAt']
  }

  protected override renderCells(row: Verification) {
    const user = row.userId === null ? html`<span class="quiet">${words.noUser}</span>` : row.userId
    const isForeign = row.environment !== this.environment
    return html`<span class="status" role="gridcell"
        >${renderStatus(row.status, row.overdue)}${isForeign ? html`<span class="foreign">${messages.app.environments[row.environment]}</span>` : nothing}</span
      >
      <span class="user lead cut-off" role="gridcell"
        ><a href=${this.linkTo(row)} tabindex="-1"
          ><bdi>${user}</bdi></a
        ></span
      >
      <span class="vendorId" role="gridcell">${this.renderId(row.vendorId)}</span>
      <span class="workflow cut-off quiet" role="gridcell"
        ><bdi>${nameWorkflow(row.workflow)}</bdi></span
      >
      <span class="vendor quiet" role="gridcell">${messages.vendors[row.vendor]}</span>
      ${this.#readTimes().map(
        (name, place) =>
          html`<span class="${name} ${readTimeClass(place)} quiet" role="gridcell"
            >${row[name] === null ? nothing : renderTime(row[name])}</span
          >`,
      )}`
  }
}

function readTimeClass(place: number): string {
  return place === 0 ? 'first-time' : place === 1 ? 'second-time' : ''
}

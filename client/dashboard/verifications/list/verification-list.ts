import type { PropertyDeclarations } from 'lit'
import { html, nothing } from 'lit'
import type { Environment, Verification } from '../../../../server/protocol.ts'
import { messages } from '../../messages.ts'
import { STATUS_LOOKS } from '../../parts/status/status-look.ts'
import { maskPersonal } from '../../parts/text/mask.ts'
import { shortenId } from '../../parts/text/short-id.ts'
import { formatRoute, parseRoute } from '../../routing/route.ts'
import { RowList } from '../../rows/row-list.ts'
import { verificationListStyles } from './verification-list-styles.ts'

const words = messages.list

/** The live list; its cells carry the columns' names as classes, by which a narrow list drops them. */
export class VerificationList extends RowList<Verification> {
  static override properties: PropertyDeclarations = { environment: {} }
  static override styles = [...RowList.styles, verificationListStyles]
  /** The server's own; a row of the other one says so. */
  declare environment: Environment
  protected override readonly label = words.title

  constructor() {
    super()
    this.environment = 'live'
  }

  protected override readVersion(row: Verification) {
    return row.revision
  }

  protected override readHue(row: Verification) {
    return STATUS_LOOKS[row.status].hue
  }

  protected override renderHeads() {
    return Object.entries(words.columns).map(
      ([name, word]) => html`<span class=${name} role="columnheader">${word}</span>`,
    )
  }

  protected override renderCells(row: Verification) {
    const user = row.userId === null ? html`<span class="quiet">${words.noUser}</span>` : maskPersonal(row.userId)
    const isForeign = row.environment !== this.environment
    return html`<span class="status" role="gridcell"
        ><sv-status .status=${row.status} ?overdue=${row.overdue}></sv-status
        >${isForeign ? html`<span class="foreign">${messages.app.environments[row.environment]}</span>` : nothing}</span
      >
      <span class="user lead cut-off" role="gridcell"
        ><a href=${formatRoute({ ...parseRoute(location.search), open: row.id })} tabindex="-1"
          ><bdi>${user}</bdi></a
        ></span
      >
      <span class="vendorId" role="gridcell"><sv-copy-id .value=${row.vendorId} skipped></sv-copy-id></span>
      <span class="workflow cut-off quiet" role="gridcell"
        ><bdi>${row.workflow === null ? messages.detail.defaultWorkflow : shortenId(row.workflow, 20, 8)}</bdi></span
      >
      <span class="vendor quiet" role="gridcell">${messages.vendors[row.vendor]}</span>
      <span class="createdAt quiet" role="gridcell"><sv-time .datetime=${row.createdAt}></sv-time></span>
      <span class="updatedAt quiet" role="gridcell"><sv-time .datetime=${row.updatedAt}></sv-time></span>`
  }
}

import { css, LitElement } from 'lit'
import type { Status } from '../../../../server/protocol.ts'
import { base } from '../../styles/base.ts'
import { hues } from '../../styles/hues.ts'
import { renderStatus, statusStyles } from './render-status.ts'

/** A status that stands alone; rows of a list draw theirs themselves. */
export class StatusBadge extends LitElement {
  static override properties = { status: {}, overdue: { type: Boolean } }
  static override styles = [
    base,
    hues,
    statusStyles,
    css`
      :host {
        display: inline-flex;
        align-items: center;
        gap: var(--space-4);
        vertical-align: middle;
      }
    `,
  ]
  declare status: Status
  declare overdue: boolean

  constructor() {
    super()
    this.status = 'created'
    this.overdue = false
  }

  protected override render() {
    return renderStatus(this.status, this.overdue)
  }
}

import { css, html, LitElement, nothing } from 'lit'
import type { Status } from '../../../../server/protocol.ts'
import { messages } from '../../messages.ts'
import { badgeStyles } from '../../styles/badge.ts'
import { base } from '../../styles/base.ts'
import { hues } from '../../styles/hues.ts'
import { icon } from '../icons.ts'
import { STATUS_LOOKS } from './status-look.ts'

/** A status as icon, word and colour, always the three; `overdue` puts a clock beside it, with its own word. */
export class StatusBadge extends LitElement {
  static override properties = { status: {}, overdue: { type: Boolean } }
  static override styles = [
    base,
    hues,
    badgeStyles,
    css`
      :host {
        display: inline-flex;
        align-items: center;
        gap: var(--space-4);
        vertical-align: middle;
      }
      .overdue {
        color: var(--amber-text);
      }
      .overdue .icon {
        color: var(--amber-line);
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
    const { hue, shape } = STATUS_LOOKS[this.status]
    return html`<span class="badge ${shape}" data-hue=${hue}>${icon(this.status)}${messages.statuses[this.status]}</span
      >${
        this.overdue
          ? html`<span class="overdue" title=${messages.overdue}>${icon('overdue')}<span class="unseen">${messages.overdue}</span></span>`
          : nothing
      }`
  }
}

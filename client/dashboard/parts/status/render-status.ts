import { css, html, nothing, type TemplateResult } from 'lit'
import type { Status } from '../../../../server/protocol.ts'
import { messages } from '../../messages.ts'
import { badgeStyles } from '../../styles/badge.ts'
import { icon } from '../icons.ts'
import { STATUS_LOOKS } from './status-look.ts'

/** What `renderStatus` needs of whoever shows it, on top of `base` and `hues`. */
export const statusStyles = [
  badgeStyles,
  css`
    .overdue {
      color: var(--amber-text);
    }
    .overdue .icon {
      color: var(--amber-line);
    }
  `,
]

/** A status as icon, word and colour, always the three; `overdue` puts a clock beside it, with its own word. */
export function renderStatus(status: Status, overdue: boolean): TemplateResult {
  const { hue, shape } = STATUS_LOOKS[status]
  return html`<span class="badge ${shape}" data-hue=${hue}>${icon(status)}${messages.statuses[status]}</span
    >${
      overdue
        ? html`<span class="overdue" title=${messages.overdue}>${icon('overdue')}<span class="unseen">${messages.overdue}</span></span>`
        : nothing
    }`
}

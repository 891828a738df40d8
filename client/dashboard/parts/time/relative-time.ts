import { css, html, LitElement, nothing } from 'lit'
import { base } from '../../styles/base.ts'
import { explain } from '../tooltip.ts'
import { ClockController } from './clock.ts'
import { formatAgo, formatClock, formatExact } from './time-format.ts'

/**
 * A moment: "2 min ago", or with `clock` its time of day; the exact one on hover, and on focus where `reachable` makes it a stop for the
 * keyboard (not in lists, where hundreds of stops would be in the way).
 */
export class RelativeTime extends LitElement {
  static override properties = {
    datetime: {},
    clock: { type: Boolean },
    reachable: { type: Boolean },
  }
  static override styles = [
    base,
    css`
      :host {
        display: inline-block;
      }
      time {
        border-radius: 2px;
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }
    `,
  ]
  declare datetime: string
  declare clock: boolean
  declare reachable: boolean

  constructor() {
    super()
    this.datetime = ''
    this.clock = false
    this.reachable = false
    this.addController(new ClockController(this))
    explain(this, () => formatExact(Date.parse(this.datetime)))
  }

  protected override render() {
    const at = Date.parse(this.datetime)
    if (Number.isNaN(at)) return html`${this.datetime}`
    const shown = this.clock ? formatClock(at) : formatAgo(at, Date.now())
    // The exact time is read out after the short one, and found by a search in the page's text by machines.
    return html`<time dir="auto" datetime=${this.datetime} tabindex=${this.reachable ? 0 : nothing}
      >${shown}${this.reachable ? html`<span class="unseen">, ${formatExact(at)}</span>` : nothing}</time
    >`
  }
}

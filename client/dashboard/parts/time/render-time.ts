import { css, html, nothing, type TemplateResult } from 'lit'
import { explained } from '../tooltip.ts'
import { formatAgo, formatClock, formatExact } from './time-format.ts'

/** What `renderTime` needs of whoever shows it, on top of `base`. */
export const timeStyles = css`
  time {
    border-radius: 2px;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
`

/**
 * A moment (ISO 8601): "2 min ago", or with `clock` its time of day; the exact one on hover, and on focus where `reachable` makes it a stop
 * for the keyboard (not in lists, where hundreds of stops would be in the way). Whoever shows it has a `ClockController`.
 */
export function renderTime(datetime: string, { clock = false, reachable = false } = {}): TemplateResult {
  const at = Date.parse(datetime)
  if (Number.isNaN(at)) return html`${datetime}`
  // The exact time is read out after the short one, and found by a search in the page's text by machines.
  return html`<time dir="auto" datetime=${datetime} tabindex=${reachable ? 0 : nothing} ${explained(() => formatExact(at))}
    >${clock ? formatClock(at) : formatAgo(at, Date.now())}${
      reachable ? html`<span class="unseen">, ${formatExact(at)}</span>` : nothing
    }</time
  >`
}

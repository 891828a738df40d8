import type { TemplateResult } from 'lit'
import { html, svg } from 'lit'

// Drawn in units of its own and stretched to its place; lines keep their width by `vector-effect`.
const WIDTH = 100
const HEIGHT = 28
const EDGE = 2

/** A line through shares (0–1) without axes, for beside a figure; null is a gap. `label` says what it shows. */
export function renderSparkLine(shares: readonly (number | null)[], label: string): TemplateResult {
  const step = shares.length > 1 ? WIDTH / (shares.length - 1) : 0
  let isDown = false
  let line = ''
  for (const [place, share] of shares.entries()) {
    if (share === null) continue
    const x = shares.length > 1 ? place * step : WIDTH / 2
    // A line of no length has round ends: one point alone is seen as well.
    line += `${isDown ? 'L' : 'M'}${x.toFixed(2)} ${(HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE)).toFixed(2)}h0`
    isDown = true
  }
  return html`<svg class="spark" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label=${label}>
    ${svg`<path class="ground" d="M0 ${EDGE}H${WIDTH}M0 ${HEIGHT - EDGE}H${WIDTH}" /><path class="line" d=${line} />`}
  </svg>`
}

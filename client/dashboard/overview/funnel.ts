import type { TemplateResult } from 'lit'
import { html } from 'lit'
import type { Statistics } from '../../../server/protocol.ts'
import { messages } from '../messages.ts'
import { renderBarRows } from './parts/bar-rows.ts'

const words = messages.overview.funnel
const STEPS = ['created', 'started', 'submitted', 'decided'] as const

/** How far those created in the period came, and how many were lost from step to step. */
export function renderFunnel({ funnel }: Statistics): TemplateResult {
  const rows = STEPS.map((step, place) => {
    const before = STEPS[place - 1]
    const share = funnel.created === 0 ? 0 : funnel[step] / funnel.created
    const lost = before === undefined ? 0 : Math.max(0, funnel[before] - funnel[step])
    return {
      name: words.steps[step],
      count: `${messages.number(funnel[step])} · ${messages.overview.wholePercent(share)}`,
      share,
      note: words.lost(lost),
      hue: step === 'decided' ? ('green' as const) : ('cool' as const),
    }
  })
  return html`<section aria-labelledby="funnel">
    <h2 id="funnel">${words.title}</h2>
    <p class="lead">${words.lead}</p>
    ${renderBarRows(rows)}
  </section>`
}

import type { TemplateResult } from 'lit'
import { html, nothing } from 'lit'
import type { Hint, Statistics } from '../../../server/protocol.ts'
import { HINTS } from '../../../server/protocol.ts'
import { messages } from '../messages.ts'
import { renderBarRows } from './parts/bar-rows.ts'

const words = messages.overview.gaveUp
const GROUPS = ['beforeStart', 'inFlow', 'cancelled', 'abandoned', 'expired'] as const

// The list is by frequency; what comes after these is rarely worth its line.
const MOST_STEPS = 6

/** Who came to nothing, by how. */
export function renderGaveUp({ gaveUp, funnel }: Statistics): TemplateResult {
  const rows = GROUPS.map((group) => ({
    name: words.groups[group],
    count: `${messages.number(gaveUp[group])} · ${messages.overview.wholePercent(readShare(gaveUp[group], funnel.created))}`,
    share: readShare(gaveUp[group], funnel.created),
    hue: 'grey' as const,
  }))
  return html`<section aria-labelledby="gave-up">
    <h2 id="gave-up">${words.title}</h2>
    <p class="lead">${words.lead}</p>
    ${countAll(gaveUp) === 0 ? html`<p class="nothing">${words.none}</p>` : renderBarRows(rows)}
  </section>`
}

/** The last that was heard of the same people. */
export function renderLastHeard({ gaveUp, gaveUpAt }: Statistics): TemplateResult {
  const all = countAll(gaveUp)
  const rows = gaveUpAt.slice(0, MOST_STEPS).map(({ step, count }) => ({
    name: nameStep(step),
    count: `${messages.number(count)} · ${messages.overview.wholePercent(readShare(count, all))}`,
    share: readShare(count, all),
    hue: 'amber' as const,
  }))
  return html`<section aria-labelledby="last-heard">
    <h2 id="last-heard">${words.last}</h2>
    <p class="lead">${words.lastLead}</p>
    ${rows.length === 0 ? html`<p class="nothing">${words.none}</p>` : renderBarRows(rows)}
    ${gaveUpAt.length > MOST_STEPS ? html`<p class="lead more">${words.more(gaveUpAt.length - MOST_STEPS)}</p>` : nothing}
  </section>`
}

function countAll(gaveUp: Statistics['gaveUp']): number {
  return GROUPS.reduce((sum, group) => sum + gaveUp[group], 0)
}

function readShare(count: number, of: number): number {
  return of === 0 ? 0 : Math.min(1, count / of)
}

function nameStep(step: string): TemplateResult | string {
  if (step === 'init') return words.nothingHeard
  const hint = HINTS.find((each): each is Hint => each === step)
  return hint ? messages.timeline.hints[hint] : html`<bdi class="code">${step}</bdi>`
}

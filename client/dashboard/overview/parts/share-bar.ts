import type { TemplateResult } from 'lit'
import { html } from 'lit'
import type { Hue } from '../../parts/status/status-look.ts'

export interface Share {
  word: string
  hue: Hue
  count: number
}

/** A bar whose parts are as long as their counts; the words are in its name, for whoever does not see colours. */
export function renderShareBar(shares: readonly Share[], label: string): TemplateResult {
  const total = shares.reduce((sum, { count }) => sum + count, 0)
  const percent = (count: number) => (total === 0 ? 0 : Math.round((count / total) * 100))
  const spelled = shares.map(({ word, count }) => `${word} ${percent(count)} %`).join(', ')
  return html`<span class="share-bar" role="img" aria-label="${label}: ${spelled}" title=${spelled}>
    ${shares
      .filter(({ count }) => count > 0)
      .map(({ hue, count }) => html`<i data-hue=${hue} .style=${`flex-grow: ${count}`}></i>`)}
  </span>`
}

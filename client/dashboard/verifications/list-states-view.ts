import type { TemplateResult } from 'lit'
import { html } from 'lit'
import { messages } from '../messages.ts'
import { renderSkeletonRows } from '../parts/skeleton.ts'
import type { ListState } from './list-state.ts'

const words = messages.list

/** What stands in place of the rows: a skeleton, the first steps, nothing found, or what failed. Null when there are rows. */
export function renderListInstead(state: ListState, isFiltered: boolean, retry: () => void): TemplateResult | null {
  if (state.phase === 'loading') return renderSkeletonRows(words.loading)
  if (state.phase === 'failed') {
    const icon = state.error === 'offline' ? 'offline' : 'warning'
    return html`<sv-notice .icon=${icon} heading=${words.failed} text=${messages.failures[state.error ?? 'server']}>
      <button class="button" type="button" @click=${retry}>${words.retry}</button>
    </sv-notice>`
  }
  if (state.items.length > 0) return null
  if (isFiltered) return html`<sv-notice icon="search" heading=${words.none} text=${words.noneNext}></sv-notice>`
  return html`<sv-notice icon="shield" heading=${words.empty} text=${words.emptyNext}>
    <a class="button" href="/" target="_blank" rel="noopener">${words.emptyStep}</a>
  </sv-notice>`
}

/** The line after the last row: more on its way, failed, or that this was all. */
export function renderListEnd(state: ListState, retry: () => void): TemplateResult {
  if (state.more === 'failed') {
    return html`<sv-list-end
      ><span role="alert">${words.moreFailed}</span>
      <button class="button" type="button" @click=${retry}>${words.retry}</button></sv-list-end
    >`
  }
  return html`<sv-list-end>${state.next === null ? words.end(state.items.length) : words.loadingMore}</sv-list-end>`
}

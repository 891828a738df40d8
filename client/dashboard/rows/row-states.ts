import type { TemplateResult } from 'lit'
import { html } from 'lit'
import { messages } from '../messages.ts'
import type { IconName } from '../parts/icons.ts'
import type { Pages } from './pages.ts'

const words = messages.rows

/** What a list says of itself where it has no rows. */
export interface RowWords {
  loading: string
  /** Nothing there at all, and the next step. */
  empty: string
  emptyNext: string
  /** Nothing that fits the filters. */
  none: string
  noneNext: string
  end(count: number): string
}

/** What stands in place of the rows: a skeleton, the first steps, nothing found, or what failed. Null when there are rows. */
export function renderInsteadOfRows(
  pages: Pages<unknown>,
  own: RowWords,
  {
    isFiltered,
    emptyIcon,
    firstStep,
    retry,
    clear,
  }: {
    isFiltered: boolean
    emptyIcon: IconName
    firstStep?: TemplateResult
    retry: () => void
    /** Takes all filters away. */
    clear: () => void
  },
): TemplateResult | null {
  if (pages.phase === 'loading' && pages.error === null) return html`<sv-skeleton label=${own.loading}></sv-skeleton>`
  // What failed says so until the answer to the next try is here.
  if (pages.phase === 'failed' || pages.phase === 'loading') {
    const icon = pages.error === 'offline' ? 'offline' : 'warning'
    return html`<sv-notice .icon=${icon} heading=${words.failed} text=${messages.failures[pages.error ?? 'server']}>
      <button class="button" type="button" @click=${retry}>${words.retry}</button>
    </sv-notice>`
  }
  if (pages.items.length > 0) return null
  if (isFiltered)
    return html`<sv-notice icon="search" heading=${own.none} text=${own.noneNext}>
      <button class="button" type="button" @click=${clear}>${messages.list.clear}</button>
    </sv-notice>`
  return html`<sv-notice .icon=${emptyIcon} heading=${own.empty} text=${own.emptyNext}>${firstStep}</sv-notice>`
}

/** The line after the last row: more on its way, failed, or that this was all. */
export function renderEndOfRows(pages: Pages<unknown>, own: RowWords, retry: () => void): TemplateResult {
  if (pages.more === 'failed') {
    return html`<sv-list-end
      ><span role="alert">${words.moreFailed}</span>
      <button class="button" type="button" @click=${retry}>${words.retry}</button></sv-list-end
    >`
  }
  return html`<sv-list-end>${pages.next === null ? own.end(pages.items.length) : words.loadingMore}</sv-list-end>`
}

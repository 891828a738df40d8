import type { ApiErrorCode } from '../api/api-error.ts'

/**
 * Rows that come page by page. `phase` is about the first page: `loading` (nothing to show yet), `refreshing` (older rows stay on the
 * screen meanwhile), `ready`, `failed`; `more` about the next one.
 */
export interface Pages<Row> {
  phase: 'loading' | 'refreshing' | 'ready' | 'failed'
  more: 'idle' | 'loading' | 'failed'
  error: ApiErrorCode | null
  items: readonly Row[]
  /** Cursor of the next page; null when all are here. */
  next: string | null
}

export const EMPTY_PAGES: Pages<never> = { phase: 'loading', more: 'idle', error: null, items: [], next: null }

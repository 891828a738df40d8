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
  /** Where the next page begins; null when all are here. */
  next: NextPage | null
}

/** By the server's cursor; or, where rows were let go to keep the list light, by the time of the last one that it is sorted by (ISO 8601). */
export type NextPage = { cursor: string } | { upTo: string }

/** The server's `next` as ours. */
export function toNextPage(cursor: string | null): NextPage | null {
  return cursor === null ? null : { cursor }
}

export const EMPTY_PAGES: Pages<never> = { phase: 'loading', more: 'idle', error: null, items: [], next: null }

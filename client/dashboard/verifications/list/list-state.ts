import type { Verification, VerificationPage } from '../../../../server/protocol.ts'
import type { VerificationQuery } from '../../api/api-client.ts'
import type { ApiErrorCode } from '../../api/api-error.ts'
import type { Pages } from '../../rows/pages.ts'
import { EMPTY_PAGES, toNextPage } from '../../rows/pages.ts'
import { applyNewest } from './order.ts'

/** The rows that one query has brought, kept current by the feed. */
export interface ListState extends Pages<Verification> {
  query: VerificationQuery
  /** What the feed said since the request began: the answer may be older than it. */
  meanwhile: readonly Verification[]
  meanwhileRemoved: readonly string[]
}

export type ListEvent =
  | { type: 'asked'; query: VerificationQuery; keep: boolean }
  | { type: 'page'; page: VerificationPage }
  | { type: 'more-asked' }
  | { type: 'failed'; code: ApiErrorCode }
  | { type: 'changed'; verifications: readonly Verification[]; removed: readonly string[] }
  | { type: 'trimmed'; to: number }

export const EVERYTHING: VerificationQuery = { statuses: [], vendor: null, from: null, search: '' }

export const LIST_AT_START: ListState = { ...EMPTY_PAGES, query: EVERYTHING, meanwhile: [], meanwhileRemoved: [] }

export function applyListEvent(state: ListState, event: ListEvent): ListState {
  switch (event.type) {
    case 'asked': {
      const isKept = event.keep && (state.phase === 'ready' || state.phase === 'refreshing')
      const phase = isKept ? 'refreshing' : 'loading'
      return { ...LIST_AT_START, query: event.query, phase, items: isKept ? state.items : [] }
    }
    case 'page': {
      const held = state.more === 'loading' ? state.items : []
      const loaded: ListState = {
        ...state,
        phase: 'ready',
        more: 'idle',
        error: null,
        items: applyNewest(held, event.page.items),
        next: toNextPage(event.page.next),
        meanwhile: [],
        meanwhileRemoved: [],
      }
      return layOver(loaded, state.meanwhile, state.meanwhileRemoved)
    }
    case 'more-asked':
      return { ...state, more: 'loading', error: null }
    case 'failed':
      return state.more === 'loading'
        ? { ...state, more: 'failed', error: event.code }
        : { ...state, phase: 'failed', error: event.code }
    case 'trimmed':
      return trim(state, event.to)
    case 'changed':
      break
  }
  return remember(layOver(state, event.verifications, event.removed), event)
}

/** Rows move, enter and leave as the feed says. A row beyond the last loaded page is left for that page to bring. */
function layOver(state: ListState, changed: readonly Verification[], removed: readonly string[]): ListState {
  const held = new Map(state.items.map((each) => [each.id, each]))
  const oldest = state.next === null ? undefined : state.items.at(-1)?.createdAt
  const welcome = changed.filter((each) => {
    const before = held.get(each.id)
    if (before) return before.revision <= each.revision
    return isWanted(state.query, each) && (oldest === undefined || each.createdAt >= oldest)
  })
  const gone = new Set(removed)
  for (const each of welcome) if (!isWanted(state.query, each)) gone.add(each.id)
  if (welcome.length === 0 && !removed.some((id) => held.has(id))) return state
  const items = applyNewest(state.items, welcome).filter((each) => !gone.has(each.id))
  return { ...state, items }
}

/** Lets the oldest rows go, so that a list that is open all day does not grow all day; scrolling there brings them back. */
function trim(state: ListState, to: number): ListState {
  const items = state.items.slice(0, to)
  const last = items.at(-1)
  if (state.phase !== 'ready' || state.more === 'loading' || !last || items.length === state.items.length) return state
  return { ...state, items, more: 'idle', next: { upTo: last.createdAt } }
}

function remember(state: ListState, { verifications, removed }: ListEvent & { type: 'changed' }): ListState {
  const waiting = state.phase === 'loading' || state.phase === 'refreshing' || state.more === 'loading'
  if (!waiting) return state
  return {
    ...state,
    meanwhile: applyNewest(state.meanwhile, verifications),
    meanwhileRemoved: [...state.meanwhileRemoved, ...removed],
  }
}

/** Whether the server would list this verification for this query. */
export function isWanted(query: VerificationQuery, each: Verification): boolean {
  const { statuses, vendor, from, search } = query
  return (
    (statuses.length === 0 || statuses.includes(each.status)) &&
    (vendor === null || vendor === each.vendor) &&
    (from === null || each.createdAt >= from) &&
    (search === '' || [each.id, each.vendorId, each.userId].includes(search))
  )
}

import { isPersonal } from '../../../../server/personal.ts'
import type { Verification, VerificationPage } from '../../../../server/protocol.ts'
import type { VerificationQuery } from '../../api/api-client.ts'
import type { ApiErrorCode } from '../../api/api-error.ts'
import type { Pages } from '../../rows/pages.ts'
import { EMPTY_PAGES, toNextPage } from '../../rows/pages.ts'
import type { Place } from './order.ts'
import { applyRows, comparePlaces, readPlace } from './order.ts'

/** The rows that one query has brought, kept current by the feed. */
export interface ListState extends Pages<Verification> {
  query: VerificationQuery
  /** The last place that the loaded pages reach; null when all are here. Rows behind it are left for their own page to bring. */
  edge: Place | null
  /** Ids that the server says are found by the searched text, although the rows themselves do not show it. */
  found: ReadonlySet<string>
  /** What the feed said since the request began: the answer may be older than it. */
  meanwhile: readonly Verification[]
  meanwhileRemoved: readonly string[]
}

export type ListEvent =
  | { type: 'asked'; query: VerificationQuery; keep: boolean }
  | { type: 'unasked' }
  | { type: 'page'; page: VerificationPage }
  | { type: 'more-asked' }
  | { type: 'failed'; code: ApiErrorCode }
  | { type: 'changed'; verifications: readonly Verification[]; removed: readonly string[] }
  | { type: 'found'; verifications: readonly Verification[] }
  | { type: 'trimmed'; to: number }

export const EVERYTHING: VerificationQuery = {
  statuses: [],
  vendor: null,
  workflow: null,
  environment: null,
  overdue: false,
  sort: 'createdAt',
  order: 'desc',
  from: null,
  search: '',
}

export const LIST_AT_START: ListState = {
  ...EMPTY_PAGES,
  query: EVERYTHING,
  edge: null,
  found: new Set(),
  meanwhile: [],
  meanwhileRemoved: [],
}

export function applyListEvent(state: ListState, event: ListEvent): ListState {
  switch (event.type) {
    case 'asked': {
      const isKept = event.keep && (state.phase === 'ready' || state.phase === 'refreshing')
      if (!isKept) return { ...LIST_AT_START, query: event.query, error: event.keep ? state.error : null }
      const { items, next, edge, found } = state
      return { ...LIST_AT_START, query: event.query, phase: 'refreshing', items, next, edge, found }
    }
    case 'unasked':
      return state.phase === 'refreshing' ? { ...state, phase: 'ready', meanwhile: [], meanwhileRemoved: [] } : state
    case 'page': {
      const held = state.more === 'loading' ? state.items : []
      const last = event.page.items.at(-1)
      const loaded: ListState = {
        ...state,
        phase: 'ready',
        more: 'idle',
        error: null,
        items: applyRows(held, event.page.items, state.query),
        next: toNextPage(event.page.next),
        edge: event.page.next === null || !last ? null : readPlace(last, state.query),
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
    case 'found': {
      const found = new Set(state.found)
      for (const { id } of event.verifications) found.add(id)
      return remember(layOver({ ...state, found }, event.verifications, []), event.verifications, [])
    }
    case 'changed':
      break
  }
  return remember(layOver(state, event.verifications, event.removed), event.verifications, event.removed)
}

/** Rows move, enter and leave as the feed says. */
function layOver(state: ListState, changed: readonly Verification[], removed: readonly string[]): ListState {
  const named = new Set([...changed.map(({ id }) => id), ...removed])
  const held = new Map(state.items.filter(({ id }) => named.has(id)).map((each) => [each.id, each]))
  const welcome: Verification[] = []
  const gone = new Set(removed)
  for (const each of changed) {
    const before = held.get(each.id)
    if (before && before.revision > each.revision) continue
    if (isIn(state, each, before !== undefined)) welcome.push(each)
    else gone.add(each.id)
  }
  const isSame = welcome.length === 0 && ![...gone].some((id) => held.has(id))
  if (isSame) return state
  return { ...state, items: applyRows(state.items, welcome, state.query).filter((each) => !gone.has(each.id)) }
}

/** Whether the row belongs to what is loaded. A row that is held was found by the server, whatever text was searched. */
function isIn({ query, edge, found }: ListState, row: Verification, isHeld: boolean): boolean {
  if (!isWanted(query, row) || !(isHeld || found.has(row.id) || isNamed(query, row))) return false
  const place = readPlace(row, query)
  return place !== null && (edge === null || comparePlaces(place, edge, query) <= 0)
}

/** Lets the last rows go, so that a list that is open all day does not grow all day; scrolling there brings them back. */
function trim(state: ListState, to: number): ListState {
  const items = state.items.slice(0, to)
  const last = items.at(-1)
  const edge = last ? readPlace(last, state.query) : null
  if (state.phase !== 'ready' || state.more === 'loading' || edge === null || items.length === state.items.length) {
    return state
  }
  return { ...state, items, more: 'idle', next: { upTo: edge.at }, edge }
}

function remember(state: ListState, verifications: readonly Verification[], removed: readonly string[]): ListState {
  const waiting = state.phase === 'loading' || state.phase === 'refreshing' || state.more === 'loading'
  if (!waiting) return state
  const newest = new Map(state.meanwhile.map((each) => [each.id, each]))
  for (const each of verifications) {
    if ((newest.get(each.id)?.revision ?? 0) <= each.revision) newest.set(each.id, each)
  }
  return {
    ...state,
    meanwhile: [...newest.values()],
    meanwhileRemoved: [...state.meanwhileRemoved, ...removed],
  }
}

/** Whether the filters let this verification through; the searched text is a question of its own. */
export function isWanted(query: VerificationQuery, each: Verification): boolean {
  const { statuses, vendor, workflow, environment, overdue, sort, from } = query
  const at = each[sort]
  return (
    (statuses.length === 0 || statuses.includes(each.status)) &&
    (vendor === null || vendor === each.vendor) &&
    (workflow === null || workflow === each.workflow) &&
    (environment === null || environment === each.environment) &&
    (!overdue || each.overdue) &&
    at !== null &&
    (from === null || at >= from)
  )
}

/** Whether the row itself shows that the searched text is about it. */
export function isNamed({ search }: VerificationQuery, { id, vendorId, userId }: Verification): boolean {
  return search === '' || [id, vendorId, userId].includes(search)
}

/** Which of these only the server can tell: what was searched names a person, and rows carry no such thing. */
export function findUnsure(state: ListState, changed: readonly Verification[]): readonly Verification[] {
  const { search } = state.query
  if (!search.includes('@') && !isPersonal(search)) return []
  const held = new Set(state.items.map(({ id }) => id))
  return changed.filter(
    (each) =>
      !held.has(each.id) && !state.found.has(each.id) && isWanted(state.query, each) && !isNamed(state.query, each),
  )
}

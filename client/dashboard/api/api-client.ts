import * as z from 'zod/mini'
import type {
  AuditAction,
  AuditPage,
  DeliveryDetail,
  DeliveryOutcome,
  DeliveryPage,
  Environment,
  OperatorSessions,
  ReplayRequest,
  ReplayResult,
  RevealRequest,
  SessionInfo,
  SignInWays,
  Sort,
  Source,
  Status,
  Vendor,
  VerificationDetail,
  VerificationPage,
  VerificationSearch,
} from '../../../server/protocol.ts'
import type { NextPage } from '../rows/pages.ts'
import { ApiError } from './api-error.ts'
import {
  auditPage,
  deliveryDetail,
  deliveryPage,
  operatorSessions,
  replayResult,
  revealed,
  sessionInfo,
  signedOut,
  signInWays,
  verificationDetail,
  verificationPage,
} from './schemas.ts'

export interface VerificationQuery {
  statuses: readonly Status[]
  vendor: Vendor | null
  workflow: string | null
  environment: Environment | null
  overdue: boolean
  sort: Sort
  order: 'asc' | 'desc'
  /** ISO 8601; of the time that is sorted by. */
  from: string | null
  /** Finds whole user, vendor and own ids, and whole e-mail addresses. */
  search: string
}

export interface DeliveryQuery {
  outcome: DeliveryOutcome | null
  source: Source | null
}

export interface ApiClient {
  /** Any request with a JSON answer, for views that keep their own requests in their own chunk. */
  request<T>(schema: z.ZodMiniType<T>, path: string, init?: RequestInit): Promise<T>
  /** Any request without an answer of interest. */
  send(path: string, init: RequestInit): Promise<Response>
  requestSession(): Promise<SessionInfo>
  signIn(token: string): Promise<void>
  /** Where the OpenID provider's own session is ended, if it has one. */
  signOut(): Promise<string | null>
  requestSignInWays(): Promise<SignInWays>
  requestSessions(signal?: AbortSignal): Promise<OperatorSessions>
  endSession(id: string): Promise<void>
  requestAudit(action: AuditAction | null, cursor: string | null, signal?: AbortSignal): Promise<AuditPage>
  requestVerifications(query: VerificationQuery, next: NextPage | null, signal?: AbortSignal): Promise<VerificationPage>
  /** Those among `ids` (200 at most) that the query finds, for what rows do not show of themselves. */
  requestAmong(query: VerificationQuery, ids: readonly string[], signal?: AbortSignal): Promise<VerificationPage>
  requestVerification(id: string, signal?: AbortSignal): Promise<VerificationDetail>
  requestDeliveries(query: DeliveryQuery, cursor: string | null, signal?: AbortSignal): Promise<DeliveryPage>
  requestDelivery(id: string, signal?: AbortSignal): Promise<DeliveryDetail>
  /** What is masked on the screen; the server records that it was asked for. */
  reveal(request: RevealRequest, signal?: AbortSignal): Promise<string>
  replay(request: ReplayRequest): Promise<ReplayResult>
}

// Two screens of a tall monitor: enough that scrolling rarely waits, small enough to come at once.
const PAGE_SIZE = 100

// As many as the server takes.
const MOST_AMONG = 200

/** The server's HTTP API as an operator's browser uses it: same origin, session cookie. Every method throws an `ApiError`. */
export function createApiClient(fetchPage: typeof fetch = (input, init) => fetch(input, init)): ApiClient {
  async function send(path: string, init: RequestInit): Promise<Response> {
    const response = await fetchPage(path, { ...init, credentials: 'same-origin' }).catch((error: unknown) => {
      if (init.signal?.aborted) throw error
      throw new ApiError('offline')
    })
    if (response.ok) return response
    throw readFailure(response)
  }

  async function read<T>(schema: z.ZodMiniType<T>, path: string, init: RequestInit = {}): Promise<T> {
    const response = await send(path, init)
    const body: unknown = await response.json().catch(() => null)
    const parsed = z.safeParse(schema, body)
    if (!parsed.success) throw new ApiError('unreadable')
    return parsed.data
  }

  /** By POST, as a searched text or a user's id may name a person, and addresses end up in histories and logs. */
  function search(body: VerificationSearch, signal: AbortSignal | undefined): Promise<VerificationPage> {
    return read(verificationPage, '/api/verifications/search', { ...post(body), ...withSignal(signal) })
  }

  return {
    request: read,
    send,
    requestSession: () => read(sessionInfo, '/api/session', {}),
    signIn: async (token) => void (await send('/api/session', post({ token }))),
    async signOut() {
      const response = await send('/api/session', { method: 'DELETE' })
      if (response.status === 204) return null
      const parsed = z.safeParse(signedOut, await response.json().catch(() => null))
      return parsed.success ? parsed.data.signOutUrl : null
    },
    requestSignInWays: () => read(signInWays, '/api/session/ways', {}),
    requestSessions: (signal) => read(operatorSessions, '/api/sessions', withSignal(signal)),
    endSession: async (id) => void (await send(`/api/sessions/${encodeURIComponent(id)}`, { method: 'DELETE' })),
    requestAudit: (action, cursor, signal) =>
      read(auditPage, `/api/audit?${formatSearch({ action, cursor, limit: String(PAGE_SIZE) })}`, withSignal(signal)),
    requestVerifications: (query, next, signal) => search({ ...readSearch(query, next), limit: PAGE_SIZE }, signal),
    requestAmong: (query, ids, signal) =>
      search({ ...readSearch(query, null), ids: [...ids], limit: MOST_AMONG }, signal),
    requestVerification: (id, signal) =>
      read(verificationDetail, `/api/verifications/${encodeURIComponent(id)}`, withSignal(signal)),
    requestDeliveries(query, cursor, signal) {
      const search = { ...query, cursor, limit: String(PAGE_SIZE) }
      return read(deliveryPage, `/api/deliveries?${formatSearch(search)}`, withSignal(signal))
    },
    requestDelivery: (id, signal) =>
      read(deliveryDetail, `/api/deliveries/${encodeURIComponent(id)}?body=0`, withSignal(signal)),
    reveal: async (request, signal) =>
      (await read(revealed, '/api/reveals', { ...post(request), ...withSignal(signal) })).value,
    replay: (request) => read(replayResult, '/api/deliveries/replay', post(request)),
  }
}

/** The query as the server takes it. */
export function readSearch(query: VerificationQuery, next: NextPage | null): VerificationSearch {
  const { statuses, vendor, workflow, environment, overdue, sort, order, from, search } = query
  return {
    sort,
    order,
    ...(statuses.length === 0 ? {} : { status: [...statuses] }),
    ...(vendor === null ? {} : { vendor }),
    ...(workflow === null ? {} : { workflow }),
    ...(environment === null ? {} : { environment }),
    ...(overdue ? { overdue } : {}),
    ...(search === '' ? {} : { q: search }),
    ...(from === null ? {} : { from }),
    ...(next === null ? {} : readNext(next, order)),
  }
}

/** Equal times on both sides of a border: the row at it is asked for once more rather than left out. */
function readNext(next: NextPage, order: VerificationQuery['order']): VerificationSearch {
  if ('cursor' in next) return { cursor: next.cursor }
  return order === 'asc' ? { from: next.upTo } : { to: new Date(Date.parse(next.upTo) + 1).toISOString() }
}

function readFailure(response: Response): ApiError {
  switch (response.status) {
    case 401:
      return new ApiError('unauthorized')
    case 403:
      return new ApiError('forbidden')
    case 404:
      return new ApiError('not_found')
    case 429:
      return new ApiError('rate_limited', Number(response.headers.get('retry-after')) || null)
    default:
      return new ApiError('server')
  }
}

/** A query without what is null or empty. */
export function formatSearch(parameters: Record<string, string | null>): string {
  const given = Object.entries(parameters).flatMap(([name, value]) => (value ? [[name, value]] : []))
  return new URLSearchParams(given).toString()
}

function withSignal(signal: AbortSignal | undefined): RequestInit {
  return signal ? { signal } : {}
}

/** A POST with a JSON body. */
export function post(body: unknown): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

import { type ResumeRequest, type ResumeResponse, STATUSES } from '../../../server/protocol.ts'
import { postJson } from '../post-json.ts'
import { compareUser } from './compare-user.ts'
import type { StatusTokenKey } from './status-token-store.ts'

/** The visitor is offered to start after that in any case. */
const LIMIT_MS = 8000

export interface ResumeCall {
  key: StatusTokenKey
  /** A user of whom nothing is to be asked, as it was answered; empty: there is none. */
  known: string
  workflow: string | null
  readUserToken: () => Promise<string | undefined>
}

/** Asks where this user stands, and tells who that is as far as the page says so. Rejects where the server does not say. */
export async function requestResume(call: ResumeCall): Promise<ResumeResponse & { about: string }> {
  const { server, userId } = call.key
  const userToken = await call.readUserToken()
  const { subject, differs } = compareUser(call.key, userToken)
  // The page has changed its user, and the token of the one before is still there: the server would go by that.
  if (differs) throw new Error('the user token is not this user’s')
  const about = userId || subject
  if (call.known && about === call.known) return { about, mayStart: true, found: null }
  const { workflow } = call
  const body: ResumeRequest = { ...(userId && { userId }), ...(workflow && { workflow }) }
  const answer = await postJson({
    url: `${server}/api/resume`,
    bearer: userToken,
    body,
    signal: new AbortController().signal,
    limit: LIMIT_MS,
  })
  const resumed = answer.ok ? parseResumeResponse(answer.body) : null
  if (!resumed) throw new Error(`not told where the user stands: ${answer.status}`)
  return { ...resumed, about }
}

function parseResumeResponse(answer: unknown): ResumeResponse | null {
  if (!isRecord(answer) || typeof answer['mayStart'] !== 'boolean') return null
  const { mayStart, found } = answer
  if (!isRecord(found)) return { mayStart, found: null }
  const { revision, statusToken } = found
  const status = STATUSES.find((known) => known === found['status'])
  if (!status || typeof revision !== 'number' || typeof statusToken !== 'string') return null
  return { mayStart, found: { status, revision, statusToken } }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

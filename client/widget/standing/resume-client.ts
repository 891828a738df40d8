import { type ResumeRequest, type ResumeResponse, STATUSES } from '../../../server/protocol.ts'
import { postJson } from '../post-json.ts'

/** The visitor is offered to start after that in any case. */
const LIMIT_MS = 8000

/** Asks where this user stands. Rejects where the server does not say. */
export async function requestResume(options: {
  /** Address of the server, without a slash at its end. */
  server: string
  userId: string
  userToken: string | undefined
  workflow: string | null
}): Promise<ResumeResponse> {
  const { userId, workflow } = options
  const body: ResumeRequest = { ...(userId && { userId }), ...(workflow && { workflow }) }
  const answer = await postJson({
    url: `${options.server}/api/resume`,
    bearer: options.userToken,
    body,
    signal: new AbortController().signal,
    limit: LIMIT_MS,
  })
  const resumed = answer.ok ? parseResumeResponse(answer.body) : null
  if (!resumed) throw new Error(`not told where the user stands: ${answer.status}`)
  return resumed
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

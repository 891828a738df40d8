import { ERROR_CODES, type ErrorCode, type InitRequest, type InitResponse } from '../../server/protocol.ts'
import { VerifyError } from './failure.ts'

/** The server gives SEON up to 8 s in all; the rest is for slow networks. */
const INIT_LIMIT_MS = 20_000

export interface InitCall {
  /** Address of the server, without a slash at its end. */
  server: string
  /** Fields as in SEON's input table. Not `userId` where a user token carries it. */
  body: Partial<InitRequest>
  /** The site's signed word on who this is. */
  userToken?: string | undefined
  /** One per click: a repeated request must not start, and bill, a second verification. */
  idempotencyKey: string
  signal: AbortSignal
  /** In milliseconds. */
  limit?: number
}

/** Asks the server for a new verification. Throws `VerifyError`. */
export async function requestInit(call: InitCall): Promise<InitResponse> {
  const aborter = new AbortController()
  const abort = () => aborter.abort()
  let late = false
  const timer = setTimeout(() => {
    late = true
    abort()
  }, call.limit ?? INIT_LIMIT_MS)
  call.signal.addEventListener('abort', abort)
  try {
    const response = await fetch(`${call.server}/api/init-verification`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'Idempotency-Key': call.idempotencyKey,
        ...(call.userToken === undefined ? {} : { Authorization: `Bearer ${call.userToken}` }),
      },
      body: JSON.stringify(call.body),
      // The user token says who it is; cookies of the server's own pages have no business here.
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      signal: aborter.signal,
    })
    const answer: unknown = await response.json().catch((error: unknown) => {
      if (aborter.signal.aborted) throw error
      return null
    })
    if (!response.ok) throw new VerifyError(parseInitError(answer))
    return parseInitResponse(answer)
  } catch (cause) {
    if (cause instanceof VerifyError) throw cause
    throw new VerifyError(late ? 'start_timeout' : 'network', { cause })
  } finally {
    clearTimeout(timer)
    call.signal.removeEventListener('abort', abort)
  }
}

function parseInitResponse(answer: unknown): InitResponse {
  if (!isRecord(answer)) throw new VerifyError('init_bad_answer')
  const { token, statusToken, sandboxUrl } = answer
  if (!isText(token) || !isText(statusToken)) throw new VerifyError('init_bad_answer')
  return isText(sandboxUrl) ? { token, statusToken, sandboxUrl } : { token, statusToken }
}

function parseInitError(answer: unknown): `init_${ErrorCode | 'bad_answer'}` {
  const sent = isRecord(answer) ? answer['error'] : undefined
  return `init_${ERROR_CODES.find((code) => code === sent) ?? 'bad_answer'}`
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

import { ERROR_CODES, type InitRequest, type InitResponse } from '../../server/protocol.ts'
import { type Failure, VerifyError } from './failure.ts'
import { LateError, type PostAnswer, postJson } from './post-json.ts'
import { watchRefusals } from './reasons/watch-refusals.ts'

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
  return parseInitResponse(await requestStart('/api/init-verification', call))
}

/** What asks for a verification, in whatever way it is to begin, is refused for the same reasons. */
export async function requestStart(path: string, call: InitCall): Promise<unknown> {
  const answer = await post(path, call)
  if (!answer.ok) throw new VerifyError(parseInitError(answer.body, call.userToken))
  return answer.body
}

async function post(path: string, call: InitCall): Promise<PostAnswer> {
  let refused: Failure | undefined
  const unwatch = watchRefusals(new URL(call.server).origin, ({ directive }) => {
    refused = { code: 'connect_blocked', directive }
  })
  try {
    return await postJson({
      url: `${call.server}${path}`,
      bearer: call.userToken,
      headers: { 'Idempotency-Key': call.idempotencyKey },
      body: call.body,
      signal: call.signal,
      limit: call.limit ?? INIT_LIMIT_MS,
    })
  } catch (cause) {
    // The browser tells of a violated policy after it has failed the request.
    await new Promise((resolve) => setTimeout(resolve))
    throw new VerifyError(refused ?? { code: cause instanceof LateError ? 'start_timeout' : 'network' }, { cause })
  } finally {
    unwatch()
  }
}

function parseInitResponse(answer: unknown): InitResponse {
  if (!isRecord(answer)) throw new VerifyError({ code: 'init_bad_answer' })
  const { token, statusToken, sandboxUrl } = answer
  if (!isText(token) || !isText(statusToken)) throw new VerifyError({ code: 'init_bad_answer' })
  return isText(sandboxUrl) ? { token, statusToken, sandboxUrl } : { token, statusToken }
}

function parseInitError(answer: unknown, userToken: string | undefined): Failure {
  if (!isRecord(answer)) return { code: 'init_bad_answer' }
  const { error, fields, vendorCode } = answer
  // To the server a missing one and a wrong one are the same.
  if (error === 'user_token_invalid' && !userToken) return { code: 'user_token_missing' }
  const code = ERROR_CODES.find((known) => known === error)
  if (!code) return { code: 'init_bad_answer' }
  return {
    code: `init_${code}`,
    ...(isRecord(fields) && { fields: parseFields(fields) }),
    ...(isText(vendorCode) && { vendorCode }),
  }
}

function parseFields(fields: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).flatMap(([name, code]) => (isText(code) ? [[name, code]] : [])))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

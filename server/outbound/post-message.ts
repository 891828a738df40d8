import { readBody } from '../vendors/read-body.ts'
import { readRetryAfter } from '../vendors/read-retry-after.ts'
import { createSignMessage } from './sign-message.ts'

/** Standard Webhooks: "somewhere between 15 and 30s". The shorter keeps a hanging receiver from holding up others. */
const TIMEOUT_MS = 15_000

/** Nothing in an answer is of use but its status; reading a short one to its end lets the connection be used again. */
const MAX_ANSWER_BYTES = 64 * 1024

/** Longest `Retry-After` that is heeded, ms: a slip of the receiver's must not take most of a message's three days. */
const LONGEST_RETRY_AFTER_MS = 24 * 60 * 60 * 1000

/** What came of one try. Codes are safe to log: they quote neither the address nor the answer. */
export type Answer =
  | { kind: 'received' }
  | { kind: 'refused'; status: number; retryAfterMs: number | null }
  /** No answer: `timeout`, or a system error's code, e.g. `ECONNREFUSED`. */
  | { kind: 'unreachable'; code: string }
  /** This server is stopping. */
  | { kind: 'aborted' }

export type PostMessage = (message: { id: string; body: string }, stopping: AbortSignal) => Promise<Answer>

/** Posts a message, signed anew for this try. Never rejects. A redirect is a refusal, as Standard Webhooks advises. */
export function createPostMessage(deps: {
  url: string
  secrets: readonly string[]
  now: () => number
  /** Default 15 s */
  timeoutMs?: number
}): PostMessage {
  const { url, secrets, now, timeoutMs = TIMEOUT_MS } = deps
  const sign = createSignMessage(secrets)
  return async ({ id, body }, stopping) => {
    const bytes = Buffer.from(body)
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'user-agent': 'seon-verify', ...sign(id, now(), bytes) },
        body: bytes,
        redirect: 'manual',
        signal: AbortSignal.any([stopping, AbortSignal.timeout(timeoutMs)]),
      })
      // The status is the answer, even where what follows it is too long, too slow or cut off.
      await readBody(response, MAX_ANSWER_BYTES).catch(() => undefined)
      if (response.ok) return { kind: 'received' }
      const wanted = readRetryAfter(response.headers.get('retry-after'), now())
      const retryAfterMs = wanted === null ? null : Math.min(wanted, LONGEST_RETRY_AFTER_MS)
      return { kind: 'refused', status: response.status, retryAfterMs }
    } catch (error) {
      return stopping.aborted ? { kind: 'aborted' } : { kind: 'unreachable', code: readCode(error) }
    }
  }
}

function readCode(error: unknown): string {
  if (!(error instanceof Error)) return 'network'
  if (error.name === 'TimeoutError') return 'timeout'
  const { cause } = error
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : 'network'
}

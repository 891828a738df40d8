import type { Status } from '../protocol.ts'
import { type Fields, pick, pickFields } from './fields.ts'
import { readIncodeStatus } from './incode.ts'
import { readBody } from './read-body.ts'
import { readJsonObject } from './read-json.ts'

/** Far above both answers that are read here; bytes. */
const MAX_BODY_BYTES = 64 * 1024
/** One call, from connecting to the last byte; ms. Nobody waits for it but our own processor. */
const TIMEOUT_MS = 8_000

/** `overall.status` of `get/score`. The numbers beside it are not to be used (developer.incode.com/docs/fetch-scores). */
const VERDICT = new Map<unknown, Status>([
  ['OK', 'approved'],
  // Something was odd, and nobody has said yet what that means.
  ['WARN', 'review'],
  ['MANUAL', 'review'],
  ['FAIL', 'declined'],
])

/** Why Incode could not be asked. `refused`: it answered, but not with 200; mostly a token that has run out (24 h). */
export class IncodeApiError extends Error {
  readonly code: 'timeout' | 'unreachable' | 'refused' | 'unreadable'
  /** HTTP status where it answered. */
  readonly httpStatus: number | undefined
  constructor(code: IncodeApiError['code'], options: { httpStatus?: number; cause?: unknown } = {}) {
    super(code, { cause: options.cause })
    this.name = 'IncodeApiError'
    this.code = code
    this.httpStatus = options.httpStatus
  }
}

export interface IncodeApiOptions {
  /** INCODE_API_URL without trailing slash, INCODE_API_KEY, INCODE_API_TOKEN (an executive token). */
  url: string
  key: string
  token: string
  timeoutMs?: number
}

/** Reads from Incode, never writes: `finish-status`, a GET that completes a session, is not called. */
export interface IncodeApi {
  /**
   * Where an interview stands at Incode: its onboarding status, and once that is `ONBOARDING_FINISHED` the verdict of
   * its score, if there is one. Null where Incode does not know the interview, or says a word that we do not know.
   * Throws `IncodeApiError`; asking again later may help. `signal` gives up at once.
   */
  requestStatus(interviewId: string, signal?: AbortSignal): Promise<Status | null>
}

export function createIncodeApi({ url, key, token, timeoutMs = TIMEOUT_MS }: IncodeApiOptions): IncodeApi {
  const headers = { accept: 'application/json', 'api-version': '1.0', 'x-api-key': key, 'x-incode-hardware-id': token }

  /** The answer's fields; null for 404. */
  async function request(path: string, interviewId: string, signal: AbortSignal | undefined): Promise<Fields | null> {
    const query = new URLSearchParams({ id: interviewId })
    try {
      const response = await fetch(`${url}/omni/${path}?${query}`, {
        headers,
        // The headers are credentials: they go to this host and no other.
        redirect: 'error',
        signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal === undefined ? [] : [signal])]),
      })
      if (response.status !== 200) {
        await response.body?.cancel()
        if (response.status === 404) return null
        throw new IncodeApiError('refused', { httpStatus: response.status })
      }
      return readAnswer(await readBody(response, MAX_BODY_BYTES))
    } catch (error) {
      if (error instanceof IncodeApiError) throw error
      const isTimeout = error instanceof Error && error.name === 'TimeoutError'
      throw new IncodeApiError(isTimeout ? 'timeout' : 'unreachable', { cause: error })
    }
  }

  return {
    async requestStatus(interviewId, signal) {
      const onboarding = await request('get/onboarding/status', interviewId, signal)
      const status = onboarding === null ? null : (readIncodeStatus(pick([onboarding], 'onboardingStatus')) ?? null)
      if (status !== 'finished') return status
      const score = await request('get/score', interviewId, signal)
      if (score === null) return status
      return VERDICT.get(pick([pickFields([score], 'overall')], 'status')) ?? status
    },
  }
}

function readAnswer(body: Uint8Array | null): Fields {
  if (body === null) throw new IncodeApiError('unreadable')
  try {
    return readJsonObject(body)
  } catch (cause) {
    throw new IncodeApiError('unreadable', { cause })
  }
}

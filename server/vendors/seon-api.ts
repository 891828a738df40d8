import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { z } from 'zod'
import { HttpError } from '../http/errors.ts'
import { parseJson } from '../http/parse-json.ts'
import { isFields, pick, pickFields } from './fields.ts'
import { readBody } from './read-body.ts'
import { readRetryAfter } from './read-retry-after.ts'
import type { SeonInputs } from './seon-inputs.ts'

/** For all tries together: a visitor who has clicked waits no longer. */
const BUDGET_MS = 8_000
const MAX_TRIES = 3
/** A try with less time left than this would only time out. */
const LEAST_TRY_MS = 500
/** The first pause after a 429 is up to this, the next up to twice as much: SEON counts by the second (2/s on trial, 10/s after). */
const BACKOFF_MS = 1_000
/** An answer is two short strings. */
const MAX_ANSWER_BYTES = 64 * 1024
/** We pass on no longer `Retry-After`, ms. */
const MAX_RETRY_AFTER_MS = 3_600_000

/** What an operator must look at, by SEON's status (SDK readme 1.5: a 401 is not always a wrong key). */
const CONFIGURATION: Readonly<Record<number, string>> = {
  401: "SEON refused SEON_API_KEY, or this server's address is not on the account's list",
  403: 'SEON_API_KEY has no access to this workflow',
  404: 'SEON does not know this workflow, or it is inactive; or SEON_BASE_URL is wrong',
}

/** Printable, without spaces: it travels in addresses, headers and the store. */
const opaque = z.string().regex(/^[\x21-\x7e]+$/)
const runAnswer = z.object({ data: z.object({ executionId: opaque.max(128), token: opaque.max(16_384) }) })

/** A workflow run that SEON has made. */
export interface SeonRun {
  /** SEON's id of the run; webhooks carry it as `data.id`. */
  executionId: string
  /** For the SDK in the visitor's browser. */
  token: string
}

export interface SeonApi {
  /**
   * `POST /v1/init-workflow`. It costs money and knows no idempotency key, so only a 429 is tried again.
   * Throws `HttpError`: 400 `vendor_rejected`; 502 `vendor_configuration` (401, 403, 404) or `upstream_bad`; 503
   * `upstream_busy` with `Retry-After`; 504 `upstream_timeout`. None carries SEON's words, but for its code.
   */
  initWorkflow(workflowId: string, inputs: SeonInputs): Promise<SeonRun>
}

export interface SeonApiDeps {
  /** Without trailing slash; a function, as the sandbox knows it only once it listens. */
  baseUrl: string | (() => string)
  apiKey: string
  log: Logger
  fetch?: typeof fetch
  now?: () => number
  random?: () => number
  sleep?: (ms: number) => Promise<unknown>
  /** Default 8 s, for all tries together. */
  budgetMs?: number
}

interface Answer {
  status: number
  /** `Retry-After` in ms; null where there is none. */
  retryAfterMs: number | null
  /** Undefined where it cannot be read. */
  json: unknown
}

export function createSeonApi(deps: SeonApiDeps): SeonApi {
  const { apiKey, now = Date.now, random = Math.random, sleep = delay, budgetMs = BUDGET_MS } = deps
  const log = deps.log.child({ event: 'init_workflow' })
  const request = deps.fetch ?? fetch
  const readBaseUrl = () => (typeof deps.baseUrl === 'string' ? deps.baseUrl : deps.baseUrl())

  async function ask(body: string, leftMs: number): Promise<Answer> {
    try {
      const response = await request(`${readBaseUrl()}/v1/init-workflow`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json', 'x-api-key': apiKey },
        body,
        redirect: 'error',
        signal: AbortSignal.timeout(leftMs),
      })
      const retryAfterMs = readRetryAfter(response.headers.get('retry-after'), now())
      return { status: response.status, retryAfterMs, json: readJson(await readBody(response, MAX_ANSWER_BYTES)) }
    } catch (error) {
      // Its message could quote a header; its name and code cannot.
      const timedOut = error instanceof Error && error.name === 'TimeoutError'
      log.warn({ reason: timedOut ? 'timeout' : readNetworkCode(error) }, 'SEON did not answer')
      throw timedOut ? new HttpError(504, 'upstream_timeout') : new HttpError(502, 'upstream_bad')
    }
  }

  function readRun({ status, json }: Answer, workflowId: string): SeonRun {
    const run = runAnswer.safeParse(json)
    if (status >= 200 && status < 300 && run.success) return run.data.data
    const vendorCode = readVendorCode(json, apiKey)
    const facts = { status, workflowId, vendorCode }
    if (status === 400) {
      log.warn(facts, 'SEON rejected the inputs')
      throw new HttpError(400, 'vendor_rejected', vendorCode === null ? {} : { vendorCode })
    }
    const hint = CONFIGURATION[status]
    if (hint !== undefined) {
      log.error(facts, `No verification can start: ${hint}`)
      throw new HttpError(502, 'vendor_configuration')
    }
    log.error(facts, 'SEON answered with something else than a run')
    throw new HttpError(502, 'upstream_bad')
  }

  return {
    async initWorkflow(workflowId, inputs) {
      const body = JSON.stringify({ workflowId, inputs })
      const deadline = now() + budgetMs
      for (let tries = 1; ; tries++) {
        const answer = await ask(body, deadline - now())
        if (answer.status !== 429) return readRun(answer, workflowId)
        const wantedMs = answer.retryAfterMs ?? 0
        const pauseMs = Math.max(wantedMs, random() * BACKOFF_MS * 2 ** (tries - 1))
        if (tries === MAX_TRIES || pauseMs + LEAST_TRY_MS > deadline - now()) {
          log.warn({ tries, wantedMs }, 'SEON is limiting our rate')
          throw busy(Math.max(wantedMs, BACKOFF_MS))
        }
        await sleep(pauseMs)
      }
    },
  }
}

function busy(waitMs: number): HttpError {
  const seconds = Math.ceil(Math.min(waitMs, MAX_RETRY_AFTER_MS) / 1000)
  return new HttpError(503, 'upstream_busy', {}, { headers: { 'Retry-After': String(seconds) } })
}

function readJson(body: Uint8Array | null): unknown {
  if (body === null) return undefined
  try {
    return parseJson(body)
  } catch {
    return undefined
  }
}

/** Codes as SEON writes them: words joined by underscores, or the numbers of its older APIs. Anything else may be prose. */
const VENDOR_CODE = /^(?:[A-Z]{2,}(?:_[A-Z0-9]+){1,7}|\d{1,6})$/

/** The error body's shape is not documented: `code`, `error`, `error.code` or `message` may hold the code, or nothing. */
function readVendorCode(json: unknown, apiKey: string): string | null {
  if (!isFields(json)) return null
  const inner = pickFields([json], 'error')
  const candidates = [pick([json, inner], 'code'), pick([json], 'error'), pick([json, inner], 'message')]
  const texts = candidates.flatMap((value) =>
    typeof value === 'string' || typeof value === 'number' ? [`${value}`] : [],
  )
  const code = texts.find((text) => VENDOR_CODE.test(text))
  return code === undefined || apiKey.includes(code) || code.includes(apiKey) ? null : code
}

/** A system error's code, e.g. `ECONNREFUSED`. */
function readNetworkCode(error: unknown): string {
  const code: unknown = error instanceof Error && isFields(error.cause) ? error.cause['code'] : undefined
  return typeof code === 'string' ? code : 'network'
}

import type { Request, RequestHandler, Response } from 'express'
import type { ErrorBody, Verification } from '../protocol.ts'

// For the back ends of sites: this file stands alone (types aside), so that it can be copied into any Express 4 or 5 app.

/** Redeeming takes milliseconds; a form must not hang for a server that is away, ms. */
const PATIENCE_MS = 5000

/** The longest receipt that there is, with room: a longer field is not worth a request, characters. */
const MAX_RECEIPT_LENGTH = 4096

export interface RequireVerifiedOptions {
  /** Address of the seon-verify server, e.g. `https://verify.example.com`. */
  server: string
  /** The server's API_TOKEN. */
  apiToken: string
  /** The form field that holds the receipt: the element's `name`. Default `seon-verify`. */
  field?: string
  /** Whom this request is for, by your own session: what keeps somebody else's receipt out. Never from the form itself. */
  userId: (request: Request) => string | Promise<string>
  /** The origin of the page with the form, e.g. `https://www.example.com`: keeps out receipts made on other sites. A URL of it will do. */
  origin: string
  /** Answers who is refused. Default: the status, and JSON `{error}` (and `status` where the server told it). */
  onRefused?: (refusal: Refusal, request: Request, response: Response) => void
}

/** `receipt_missing`: the field is absent or empty. `unavailable`: the server could not be asked. Else the server's own. */
export interface Refusal {
  status: number
  error: ErrorBody['error'] | 'receipt_missing'
  /** With `receipt_revoked`: where the verification stands. */
  verificationStatus?: ErrorBody['status']
}

/**
 * Lets a request through only with a good receipt in its body, which is used up by that. Put it after the body's parser
 * (`express.urlencoded()`, `express.json()`, …); the handler after it finds the verification in
 * `response.locals.verification`. Whatever goes wrong, nobody gets through; what is wrong with the set-up is a warning of the process.
 * Throws where `server` or `origin` is no URL.
 */
export function requireVerified(options: RequireVerifiedOptions): RequestHandler {
  const { field = 'seon-verify', apiToken, onRefused = answerRefusal } = options
  const { origin } = new URL(options.origin)
  const { href: address } = new URL(`${options.server.replace(/\/+$/, '')}/api/receipts/redeem`)

  async function redeem(receipt: string, userId: string): Promise<Verification | Refusal> {
    try {
      const response = await fetch(address, {
        method: 'POST',
        headers: { authorization: `Bearer ${apiToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({ receipt, userId, origin }),
        redirect: 'error',
        signal: AbortSignal.timeout(PATIENCE_MS),
      })
      const answer: unknown = await response.json()
      if (response.status === 200 && isRedeemed(answer, userId)) return answer.verification
      if (isErrorBody(answer) && REFUSALS.test(answer.error)) return toRefusal(response.status, answer)
      const code = isErrorBody(answer) ? answer.error : ''
      process.emitWarning(`requireVerified: ${address} answered ${response.status} ${code}`)
    } catch {
      // Not there, too late, or not speaking JSON: the same as every answer that is none of the above.
    }
    return { status: 503, error: 'unavailable' }
  }

  return (request, response, next) => {
    const handle = async () => {
      const receipt = readField(request.body, field)
      const userId = await options.userId(request)
      if (typeof userId !== 'string' || userId === '') throw new TypeError('userId must name whom this request is for')
      const result: Verification | Refusal =
        receipt === null ? { status: 403, error: 'receipt_missing' } : await redeem(receipt, userId)
      if ('error' in result) return onRefused(result, request, response)
      response.locals['verification'] = result
      next()
    }
    handle().catch(next)
  }
}

/** What the visitor's receipt can be refused for; everything else is a fault of the set-up. */
const REFUSALS = /^(?:receipt_\w+|invalid)$/

function answerRefusal({ status, error, verificationStatus }: Refusal, _request: Request, response: Response): void {
  response.status(status).json({ error, ...(verificationStatus === undefined ? {} : { status: verificationStatus }) })
}

function toRefusal(status: number, { error, status: verificationStatus }: ErrorBody): Refusal {
  return { status, error, ...(verificationStatus === undefined ? {} : { verificationStatus }) }
}

function readField(body: unknown, field: string): string | null {
  if (!isRecord(body) || !Object.hasOwn(body, field)) return null
  const value = body[field]
  return typeof value === 'string' && value !== '' && value.length <= MAX_RECEIPT_LENGTH ? value : null
}

function isRedeemed(answer: unknown, userId: string): answer is { verification: Verification } {
  if (!isRecord(answer) || !isRecord(answer['verification'])) return false
  const { status, userId: verified } = answer['verification']
  return status === 'approved' && verified === userId
}

function isErrorBody(answer: unknown): answer is ErrorBody {
  return isRecord(answer) && typeof answer['error'] === 'string'
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

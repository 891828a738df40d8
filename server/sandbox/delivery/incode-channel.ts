import { z } from 'zod'
import type { SandboxClock } from '../clock.ts'
import type { SandboxSecrets } from '../secrets.ts'
import type { Channel } from './channel.ts'

/** First 30 s, then 2.5 times the last, five in all: about 32 min (developer.incode.com/docs/webhooks). */
const RETRY_DELAYS_MS = [0, 1, 2, 3, 4].map((power) => 30_000 * 2.5 ** power)

/** Both are mandatory; `expires_in` in seconds (developer.incode.com/docs/authenticating-webhooks-requests). */
const TokenAnswer = z.looseObject({ access_token: z.string().min(1), expires_in: z.number().positive() })

/** Our token endpoint did not give a token; `code` says how, for the delivery log. */
class TokenError extends Error {
  readonly code: string
  constructor(code: string) {
    super(code)
    this.code = code
  }
}

export interface IncodeChannelOptions {
  clock: SandboxClock
  readWebhookBase: () => string
  secrets: SandboxSecrets
  /** Unknown at Incode. */
  timeoutMs: number
}

/**
 * Incode shows a bearer token that it fetches from our own token endpoint (`client_credentials`, Basic) and keeps for
 * its lifetime. What it does once a token is refused is unknown; here it fetches a new one for the next try.
 */
export function createIncodeChannel({ clock, readWebhookBase, secrets, timeoutMs }: IncodeChannelOptions): Channel {
  let token: { value: string; expiresAt: number } | null = null

  async function requestToken(): Promise<string> {
    if (token !== null && token.expiresAt > clock.now()) return token.value
    const credentials = `${secrets.incodeClientId}:${secrets.incodeClientSecret}`
    const response = await fetch(new URL('/webhooks/incode/token', readWebhookBase()), {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(credentials).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=client_credentials',
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    })
    if (!response.ok) throw new TokenError(`TOKEN_${response.status}`)
    const answer = TokenAnswer.safeParse(await response.json())
    if (!answer.success) throw new TokenError('TOKEN_UNREADABLE')
    token = { value: answer.data.access_token, expiresAt: clock.now() + answer.data.expires_in * 1000 }
    return token.value
  }

  return {
    path: '/webhooks/incode',
    retryDelaysMs: RETRY_DELAYS_MS,
    timeoutMs,
    headers: async () => ({
      'content-type': 'application/json',
      authorization: `Bearer ${await requestToken()}`,
    }),
    judge({ status, headers }) {
      if (status === 401) token = null
      const isJson = headers.get('content-type')?.startsWith('application/json') ?? false
      return status === 204 || (status === 200 && isJson) ? 'delivered' : 'retry'
    },
  }
}

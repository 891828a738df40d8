import type { Source } from '../../protocol.ts'

/** One event on its way to the server, as bytes that no retry changes. */
export interface Webhook {
  source: Source
  event: string
  /** The same on every try of one event. */
  requestId: string
  /** The run, session or interview it is about. */
  subject: string | null
  body: string
  /** SEON checks an address with a ping that carries none; the older IDV form is signed with `digest`. */
  signature?: 'seon-signature' | 'digest' | 'none'
  /** By hand only: signed as somebody without the secret would. */
  forged?: Forgery
}

/** `wrong`: well formed and of another secret or body; `missing`: no signature (or credentials) at all. */
export const FORGERIES = ['wrong', 'missing'] as const
export type Forgery = (typeof FORGERIES)[number]

/** What a vendor makes of an answer. */
export type Verdict = 'delivered' | 'retry' | 'give-up'

/** How one of a vendor's webhook systems delivers. */
export interface Channel {
  /** Where on the server, e.g. `/webhooks/seon`. */
  path: string
  /** Waits before the 2nd, 3rd, … try, ms; empty: never tried again. */
  retryDelaysMs: readonly number[]
  /** How long an answer is waited for, ms. */
  timeoutMs: number
  /** Headers for this body, computed anew on every try. Rejects if the vendor cannot get what it needs for them. */
  headers(webhook: Webhook): Record<string, string> | Promise<Record<string, string>>
  judge(response: Response): Verdict
}

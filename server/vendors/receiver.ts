import type { DeliveryReason, Environment, Source } from '../protocol.ts'
import type { ReportDraft } from '../verification/report.ts'

/** A delivery as it came over the wire; `rawHeaders` alternates name and value as Node gives it. */
export interface RawDelivery {
  body: Uint8Array
  rawHeaders: readonly string[]
}

/** Why a delivery is refused; `sig_mismatch` is the only one that is well formed and may become valid. */
export type RefusalReason = Extract<
  DeliveryReason,
  'sig_missing' | 'sig_malformed' | 'sig_duplicate' | 'sig_mismatch' | 'bearer_bad'
>

export type Verdict =
  | { ok: true; environment: Environment; secretId: string }
  /** `quarantined`: well formed but wrong, kept for a while in case the secret was ours to mend; `rejected`: a row without body. */
  | { ok: false; outcome: 'quarantined' | 'rejected'; reason: RefusalReason }
  /** This door has no secret: 503, so that the sender comes again. */
  | { ok: false; outcome: 'not_configured' }

export interface ParsedDelivery {
  event: string
  /** False where the event name is unknown to us: kept, listed as `unrecognised`. */
  recognised: boolean
  reports: ReportDraft[]
}

/** Signed bytes that cannot be read: the delivery becomes a dead letter with this code. */
export class UnreadableError extends Error {
  readonly code: Extract<
    DeliveryReason,
    'not_utf8' | 'not_json' | 'not_object' | 'too_deep' | 'too_many_keys' | 'no_event' | 'empty'
  >
  constructor(code: UnreadableError['code']) {
    super(code)
    this.name = 'UnreadableError'
    this.code = code
  }
}

/** One webhook system: all that differs between vendors at the door. Pure but for the secrets it was made with. */
export interface Receiver {
  source: Source
  /** Where it listens, e.g. `/webhooks/seon`. */
  path: string
  /** Checks who sent it; the same work whatever is wrong, in constant time. A promise where a bearer token is checked. */
  verify(delivery: RawDelivery): Verdict | Promise<Verdict>
  /** Reads verified bytes. Throws `UnreadableError`; anything unknown inside readable JSON is not an error. */
  parse(body: Uint8Array): ParsedDelivery
  /** The JSON body of the 200. */
  accepted: Readonly<Record<string, unknown>>
  /** Whether an unsigned URL check (`ping`) is answered here. */
  answersPing: boolean
}

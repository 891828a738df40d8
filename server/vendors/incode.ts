import type { IncodeTokens } from '../auth/incode-token.ts'
import { fingerprint, isSameSecret, isUsableSecret } from '../auth/secrets.ts'
import type { Environment, Status } from '../protocol.ts'
import type { ReportDraft } from '../verification/report.ts'
import { isDecided } from '../verification/status.ts'
import { pick, readId, readWord } from './fields.ts'
import { readJsonObject } from './read-json.ts'
import { type ParsedDelivery, type RawDelivery, type Receiver, UnreadableError, type Verdict } from './receiver.ts'
import { headerValues } from './signature.ts'

/** Incode's eleven onboarding statuses. `ONBOARDING_FINISHED` says that it is done, and keeps the verdict to itself. */
const STATUS = new Map<string, Status>([
  ['UNKNOWN', 'created'],
  ['ID_VALIDATION_FINISHED', 'processing'],
  ['ID_VALIDATION_FINISHED_SECOND_ID', 'processing'],
  ['GOVERNMENT_VALIDATION_FINISHED', 'processing'],
  ['FACE_VALIDATION_FINISHED', 'processing'],
  ['POST_PROCESSING_FINISHED', 'processing'],
  ['POST_PROCESSING_FINISHED_SECOND_ID', 'processing'],
  ['ONBOARDING_FINISHED', 'finished'],
  ['MANUAL_REVIEW_APPROVED', 'approved'],
  ['MANUAL_REVIEW_REJECTED', 'declined'],
  ['EXPIRED', 'expired'],
])

/** Incode's word for where an interview stands; undefined where we do not know it. */
export function readIncodeStatus(value: unknown): Status | undefined {
  return typeof value === 'string' ? STATUS.get(value) : undefined
}

/** Incode has no event names: the status is the event. Nor has it times: arrival order says nothing. */
function parseOnboarding(body: Uint8Array, confirms: boolean): ParsedDelivery {
  const fields = [readJsonObject(body)]
  const word = pick(fields, 'onboardingStatus')
  const event = readWord(word)
  if (event === undefined) throw new UnreadableError('no_event')
  const status = readIncodeStatus(word)
  const interviewId = readId(pick(fields, 'interviewId'))
  // `externalId` is the older name of the same id (docs.incode.com).
  const userId = readId(pick(fields, 'externalCustomerId', 'externalId'))
  const workflow = readId(pick(fields, 'flowId'))
  const report: ReportDraft = {
    kind: 'unrecognised',
    subject: interviewId === undefined ? null : { type: 'interview', id: interviewId },
    event,
    occurredAt: null,
    ...(userId !== undefined && { userId }),
    ...(workflow !== undefined && { workflow }),
  }
  if (status === undefined || interviewId === undefined)
    return { event, recognised: status !== undefined, reports: [report] }
  const claim = {
    ...report,
    kind: 'report',
    status,
    ...(confirms && isDecided(status) && { unconfirmed: true }),
  } as const
  return { event, recognised: true, reports: [claim] }
}

export interface IncodeReceiverOptions {
  environment: Environment
  /** Bearer tokens of our own token endpoint; null where that is not configured. */
  tokens: IncodeTokens | null
  /** INCODE_WEBHOOK_HEADER, a static header sent with every webhook; `name` in lower case. */
  header: { name: string; value: string } | null
  /** Whether Incode's API is configured: then nothing that arrives here decides before the API has said the same. */
  confirms: boolean
}

const BEARER = /^Bearer +([\w.~+/=-]{1,4096})$/i
const REFUSED: Verdict = { ok: false, outcome: 'rejected', reason: 'bearer_bad' }

/** `POST /webhooks/incode`: Incode's onboarding status webhook. Nothing signs its body; who sends it must show a token or a header. */
export function createIncodeReceiver({ environment, tokens, header, confirms }: IncodeReceiverOptions): Receiver {
  const secret = header !== null && isUsableSecret(header.value) ? header : null

  /** The id of what proved the sender, or null. */
  async function identify(authorization: string, shown: string): Promise<string | null> {
    const token = BEARER.exec(authorization)?.[1] ?? ''
    const hasToken = (await tokens?.verify(token)) ?? false
    if (secret !== null && isSameSecret(shown, secret.value)) return fingerprint(secret.value)
    return hasToken ? (tokens?.keyId ?? null) : null
  }

  return {
    source: 'incode',
    path: '/webhooks/incode',
    async verify({ rawHeaders }: RawDelivery): Promise<Verdict> {
      if (tokens === null && secret === null) return { ok: false, outcome: 'not_configured' }
      const authorizations = headerValues(rawHeaders, 'authorization')
      const shown = secret === null ? [] : headerValues(rawHeaders, secret.name.toLowerCase())
      if (authorizations.length > 1 || shown.length > 1) {
        return { ok: false, outcome: 'rejected', reason: 'sig_duplicate' }
      }
      const secretId = await identify(authorizations[0] ?? '', shown[0] ?? '')
      return secretId === null ? REFUSED : { ok: true, environment, secretId }
    },
    parse: (body) => parseOnboarding(body, confirms),
    // Incode sends again whatever is not 204 or 200 with a JSON body.
    accepted: { success: true },
    answersPing: false,
  }
}

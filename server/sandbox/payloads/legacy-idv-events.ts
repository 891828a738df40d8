import { randomUUID } from 'node:crypto'
import type { Webhook } from '../delivery/channel.ts'
import type { Run } from '../runs.ts'
import { PERSON, type Verdict } from './idv-results.ts'

const RESULT = { APPROVED: 'PASSED', REVIEW: 'REVIEW', DECLINED: 'FAILED', ABANDONED: 'NOT_PERFORMED' } as const

const SECOND_MS = 1000

/**
 * The older form of an IDV event: colon in the name, snake_case, all fields at the top level, signed with `Digest`, no
 * execution id. SEON's guide lists these fields and shows no example (vendor-facts §2.5): what is inside them is a guess.
 */
export function buildLegacySession(
  kind: 'finished' | 'status_updated',
  run: Run,
  verdict: Verdict,
  at: number,
): Webhook {
  const event = `idv:session_${kind}`
  const before = (seconds: number) => new Date(at - seconds * SECOND_MS).toISOString()
  const body = JSON.stringify({
    event,
    timestamp: new Date(at).toISOString(),
    session_id: run.idvSessionId,
    status: verdict,
    user_id: run.userId,
    user: { name: PERSON.fullName, ...(run.email === null ? {} : { email: run.email }) },
    document_check_results: { overall_result: 'PASSED', document_validity: 'PASSED', image_quality: 'PASSED' },
    liveness_result: verdict === 'ABANDONED' ? 'NOT_PERFORMED' : 'PASSED',
    face_match_result: RESULT[verdict],
    proof_of_address_result: 'NOT_PERFORMED',
    data_extraction: {
      full_name: PERSON.fullName,
      birth_date: PERSON.birthDate,
      document_type: PERSON.documentType,
      document_number: PERSON.documentNumber,
      country: PERSON.country,
    },
    duplicate_detection: { found: false },
    timeline: { session_started: before(60), document_captured: before(40), selfie_captured: before(20) },
  })
  const requestId = randomUUID()
  return { source: 'seon-idv', event, requestId, subject: run.idvSessionId, body, signature: 'digest' }
}

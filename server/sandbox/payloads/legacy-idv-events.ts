import { randomUUID } from 'node:crypto'
import type { Webhook } from '../delivery/channel.ts'
import type { Run } from '../runs.ts'
import { PERSON, type Verdict } from './idv-results.ts'

const RESULT = { APPROVED: 'PASSED', REVIEW: 'REVIEW', DECLINED: 'FAILED', ABANDONED: 'NOT_PERFORMED' } as const

/**
 * The older form of an IDV event: colon in the name, snake_case, all fields at the top level, signed with `Digest`, no
 * execution id. SEON's guide lists these fields and shows no example (SDK readme 1.7): what is inside them is a guess.
 */
export function buildLegacySession(
  kind: 'finished' | 'status_updated',
  run: Run,
  verdict: Verdict,
  at: number,
): Webhook {
  const event = `idv:session_${kind}`
  const finished = new Date(at).toISOString()
  // Sent by hand, a session begins and ends at once; never before its run, or it would not be joined to it.
  const started = run.startedAt ?? finished
  const body = JSON.stringify({
    event,
    timestamp: finished,
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
    timeline: { session_started: started, document_captured: finished, selfie_captured: finished },
  })
  const requestId = randomUUID()
  return { source: 'seon-idv', event, requestId, subject: run.idvSessionId, body, signature: 'digest' }
}

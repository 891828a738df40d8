import type { Webhook } from '../delivery/channel.ts'
import type { Verdict } from '../payloads/idv-results.ts'
import { buildExecutionEvent, buildSessionFinished, buildTransactionProcessed } from '../payloads/seon-events.ts'
import type { Run, RunStatus } from '../runs.ts'

/** The ways a person can end the hosted flow. */
export const ENDS = ['approved', 'review', 'declined', 'abandoned', 'cancelled'] as const
export type End = (typeof ENDS)[number]

export const STATUS_OF_END: Record<End, RunStatus> = {
  approved: 'APPROVED',
  review: 'REVIEW',
  declined: 'DECLINED',
  abandoned: 'ABANDONED',
  cancelled: 'CANCELLED',
}

export function isEnd(value: unknown): value is End {
  return ENDS.some((end) => end === value)
}

/** What SEON sends about a run that ended so, in order; each is built when its time has come. */
export function listEndWebhooks(end: End, run: Run): ((at: number) => Webhook)[] {
  // SEON documents no webhook for a person who closes the flow; the run just never ends.
  if (end === 'cancelled') return []
  const status = STATUS_OF_END[end]
  const finished = (at: number) => buildExecutionEvent('finished', run, status, at)
  if (end === 'abandoned') return [(at) => buildSessionFinished('document', run, 'ABANDONED', at), finished]
  // The document passes and the selfie decides, so that a check and its run can differ.
  const verdict: Verdict = end === 'approved' ? 'APPROVED' : end === 'review' ? 'REVIEW' : 'DECLINED'
  return [
    (at) => buildSessionFinished('document', run, 'APPROVED', at),
    (at) => buildTransactionProcessed(run, 'APPROVED', at),
    (at) => buildSessionFinished('selfie', run, verdict, at),
    (at) => buildTransactionProcessed(run, verdict, at),
    finished,
  ]
}

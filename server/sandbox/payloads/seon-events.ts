import { randomUUID } from 'node:crypto'
import type { Webhook } from '../delivery/channel.ts'
import type { Run, RunStatus } from '../runs.ts'
import { buildDocumentResult, buildSelfieResult, type CheckKind, type Verdict } from './idv-results.ts'

function createSeonWebhook(event: string, subject: string | null, data: object, at: number): Webhook {
  const body = JSON.stringify({ event, timestamp: new Date(at).toISOString(), data })
  return { source: 'seon', event, requestId: randomUUID(), subject, body }
}

/** SEON's URL check: no signature, no envelope (docs.seon.io/api-reference/webhooks). */
export function buildPing(): Webhook {
  const body = JSON.stringify({ event: 'ping', message: 'Webhook URL validation check.' })
  return { source: 'seon', event: 'ping', requestId: randomUUID(), subject: null, body, signature: 'none' }
}

/** A run has ended (`finished`), or somebody changed its status afterwards (`updated`). It names no user. */
export function buildExecutionEvent(kind: 'finished' | 'updated', run: Run, status: RunStatus, at: number): Webhook {
  const data = { id: run.executionId, workflow: run.workflow, status }
  return createSeonWebhook(`orchestration/workflow_execution_${kind}`, run.executionId, data, at)
}

/** One check of a run's IDV session is done. */
export function buildSessionFinished(check: CheckKind, run: Run, verdict: Verdict, at: number): Webhook {
  const data = {
    status: verdict,
    platform: 'WEB',
    duplicatesFound: false,
    // Sent by hand, a session begins and ends at once; never before its run.
    startedAt: run.startedAt ?? new Date(at).toISOString(),
    finishedAt: new Date(at).toISOString(),
    sessionId: run.idvSessionId,
    templateId: run.workflow.id,
    referenceId: run.executionId,
    // In SEON's guide but not in the SDK readme's type (SDK readme 1.7).
    executionId: run.executionId,
    userId: run.userId,
    ...(run.email === null ? {} : { email: run.email }),
    ...(check === 'document' ? buildDocumentResult(verdict) : buildSelfieResult(verdict)),
    // `.invalid` never resolves: these stand for the time-limited addresses of a person's photos.
    capturedMedia: {
      [check === 'document' ? 'documentFront' : 'selfieVideo']: `https://media.invalid/${randomUUID()}`,
    },
  }
  return createSeonWebhook('idv/session_finished', run.executionId, data, at)
}

const FRAUD_STATE: Record<Verdict, string> = {
  APPROVED: 'APPROVE',
  REVIEW: 'REVIEW',
  DECLINED: 'DECLINE',
  ABANDONED: 'REVIEW',
}

/** Sent after each step of a run. SEON's payload is not public (SDK readme 1.7): these fields are a guess. */
export function buildTransactionProcessed(run: Run, verdict: Verdict, at: number): Webhook {
  const id = randomUUID()
  run.transactionIds.push(id)
  const data = { id, state: FRAUD_STATE[verdict], user_id: run.userId, executionId: run.executionId }
  return createSeonWebhook('transaction/processed', run.executionId, data, at)
}

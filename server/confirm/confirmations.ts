import { planRetry } from '../outbound/plan-retry.ts'
import type { Environment, Status } from '../protocol.ts'
import type { ConfirmationTable } from '../store/engine/schema.ts'
import type { Store, Trx } from '../store/engine/store.ts'
import { applyReports } from '../store/projection/projector.ts'
import type { Report } from '../verification/report.ts'
import { isDecided } from '../verification/status.ts'

/** An interview that this node is to ask about until `leasedUntil`, epoch ms. */
export interface Question {
  verificationId: string
  interviewId: string
  environment: Environment
  /** Tries before this one. */
  attempts: number
  firstAttemptAt: number
  askedAt: number
  leasedUntil: number
  lastAnswer: ConfirmationTable['answer']
}

/** What Incode is to be asked, shared by all nodes of a store. */
export interface Confirmations {
  /** Up to `limit` questions that are due. No other node gets them. */
  claim(limit: number): Promise<Question[]>
  /** Keeps Incode's answer as a report; null where it knows nothing of the interview. Until a verdict is final it is asked again. */
  settle(question: Question, answer: Status | null): Promise<void>
  /** Asked in vain. Returns when the next try is, epoch ms; null: never, unless a webhook makes a new claim. */
  postpone(question: Question): Promise<number | null>
}

/** How long a question stays with its node, ms: four times the longest try, which leaves room for clocks that differ. */
const LEASE_MS = 60_000

export function createConfirmations(deps: {
  store: Store
  /** Interviews of the other one are not this API's. */
  environment: Environment
  newId: () => string
  now: () => number
  random?: () => number
}): Confirmations {
  const { store, environment, newId, now } = deps
  const random = deps.random ?? Math.random

  function planNext({ attempts, firstAttemptAt }: Question): number | null {
    return planRetry({ attempts: attempts + 1, firstAttemptAt, now: now(), retryAfterMs: null, random: random() })
  }

  function toReport({ interviewId, askedAt, environment }: Question, answer: Status | null): Report {
    return {
      id: newId(),
      source: 'incode',
      environment,
      subject: { type: 'interview', id: interviewId },
      occurredAt: askedAt,
      receivedAt: now(),
      deliveryId: null,
      ...(answer === null
        ? { kind: 'unrecognised', event: 'api:unknown' }
        : { kind: 'report', event: 'api:status', status: answer }),
    }
  }

  return {
    claim: (limit) =>
      store.transact(async (trx) => {
        const at = now()
        const rows = await trx
          .selectFrom('confirmations as due')
          .innerJoin('verifications', 'verifications.id', 'due.verification_id')
          .selectAll('due')
          .select(['verifications.vendor_id', 'verifications.environment'])
          .where('due.next_attempt_at', '<=', at)
          .where('verifications.environment', '=', environment)
          .orderBy('due.next_attempt_at')
          .limit(limit)
          // SQLite has one node and one writer, and no such words.
          .$if(store.engine === 'postgres', (query) => query.forUpdate('due').skipLocked())
          .execute()
        const leasedUntil = at + LEASE_MS
        const questions: Question[] = rows.map((row) => ({
          verificationId: row.verification_id,
          interviewId: row.vendor_id,
          environment: row.environment,
          attempts: row.attempts,
          firstAttemptAt: row.first_attempt_at ?? at,
          askedAt: Math.max(at, row.asked_at + 1),
          leasedUntil,
          lastAnswer: row.answer,
        }))
        for (const { verificationId, firstAttemptAt, askedAt } of questions) {
          await trx
            .updateTable('confirmations')
            .set({ next_attempt_at: leasedUntil, first_attempt_at: firstAttemptAt, asked_at: askedAt })
            .where('verification_id', '=', verificationId)
            .execute()
        }
        return questions
      }),
    async settle(question, answer) {
      // A review waits for a person at Incode, whose result may get lost on its way here.
      const isFinal = answer !== null && isDecided(answer) && answer !== 'review'
      const kept = answer ?? 'unknown'
      await store.transactAlone(async (trx) => {
        if (kept !== question.lastAnswer) {
          await applyReports(trx, [toReport(question, answer)], now())
          await store.wake(trx, 'changes')
        }
        await update(trx, question, { answer: kept, next_attempt_at: isFinal ? null : planNext(question) })
      })
    },
    async postpone(question) {
      const next = planNext(question)
      await store.transact((trx) => update(trx, question, { next_attempt_at: next }))
      return next
    },
  }
}

/** Changes the question's row, unless it is wanted anew or another node's by now: then that is what counts. */
async function update(trx: Trx, question: Question, change: Partial<ConfirmationTable>): Promise<void> {
  await trx
    .updateTable('confirmations')
    .set({ attempts: question.attempts + 1, ...change })
    .where('verification_id', '=', question.verificationId)
    .where('next_attempt_at', '=', question.leasedUntil)
    .execute()
}

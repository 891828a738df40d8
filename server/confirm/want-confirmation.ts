import type { Trx } from '../store/engine/store.ts'
import { vendorOf, verificationId } from '../verification/identity.ts'
import type { Report } from '../verification/report.ts'
import { isDecided } from '../verification/status.ts'

/**
 * After a step of an interview nothing need be asked: the next one says more. Incode tries a webhook for 32 minutes
 * (developer.incode.com/docs/webhooks); if by then nothing more has come, it may well have been lost. ms.
 */
const SILENCE_MS = 35 * 60 * 1000

/** A delivery that came again, word for word, is mostly Incode's own retry: no hurry, and no way to make us ask in a loop. ms. */
const AGAIN_MS = 30 * 1000

/**
 * Notes, in the transaction that keeps the reports, which interviews Incode has to be asked about: at once where a webhook
 * says that one is over or decided, as nothing signs it and the verdict is kept apart.
 */
export async function wantConfirmation(trx: Trx, reports: readonly Report[], now: number): Promise<void> {
  for (const [id, isClaim] of readClaims(reports)) {
    await trx
      .insertInto('confirmations')
      .values({ verification_id: id, attempts: 0, asked_at: 0, next_attempt_at: now + SILENCE_MS })
      .onConflict((conflict) =>
        conflict
          .column('verification_id')
          .doUpdateSet({ attempts: 0, first_attempt_at: null, next_attempt_at: now + SILENCE_MS })
          .where('confirmations.next_attempt_at', 'is', null),
      )
      .execute()
    if (!isClaim) continue
    await trx
      .updateTable('confirmations')
      .set({ attempts: 0, first_attempt_at: null, next_attempt_at: now, answer: null })
      .where('verification_id', '=', id)
      .execute()
  }
}

/**
 * The same for deliveries that were dropped as repetitions: approved, rejected, approved again ends with words that were
 * said before, and only Incode knows that they count anew.
 */
export async function wantConfirmationAgain(trx: Trx, verificationIds: readonly string[], now: number): Promise<void> {
  for (const id of new Set(verificationIds.toSorted())) {
    await trx
      .updateTable('confirmations')
      .set({ attempts: 0, first_attempt_at: null, next_attempt_at: now + AGAIN_MS })
      .where('verification_id', '=', id)
      .where((eb) => eb.or([eb('next_attempt_at', 'is', null), eb('next_attempt_at', '>', now + AGAIN_MS)]))
      .execute()
  }
}

/** Each interview that Incode's webhooks spoke of, and whether one of them claims an end. By id: who locks rows in one order never deadlocks. */
function readClaims(reports: readonly Report[]): [id: string, isClaim: boolean][] {
  const claims = new Map<string, boolean>()
  for (const { deliveryId, environment, subject, status } of reports) {
    if (deliveryId === null || subject === null || vendorOf(subject.type) !== 'incode') continue
    const id = verificationId({ environment, vendor: 'incode', vendorId: subject.id })
    const isClaim = status === 'finished' || (status !== undefined && isDecided(status))
    claims.set(id, isClaim || (claims.get(id) ?? false))
  }
  return [...claims].toSorted(([a], [b]) => (a < b ? -1 : 1))
}

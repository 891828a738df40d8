import { HttpError } from '../http/errors.ts'
import type { RedeemRequest, RedeemResponse } from '../protocol.ts'
import type { Store, Trx } from '../store/engine/store.ts'
import type { KeyedHash } from '../store/keyed-hash.ts'
import { toVerification } from '../store/reading/verifications.ts'
import type { ReceiptTokens } from './receipt-tokens.ts'

/** Redeemed receipts are remembered this much longer than they last, as another node's clock may be behind ours, ms. */
const CLOCKS_APART_MS = 60 * 60_000

/**
 * Only `approved` gets a receipt: it is what lets a form through. A back end hears of every other end by the status
 * webhook and the API, where no page stands between.
 */
export interface Receipts {
  /** For the page at `origin`. Throws 409 `not_approved`. Times are epoch ms. */
  issue(verificationId: string, origin: string): Promise<{ receipt: string; expiresAt: number }>
  /** Takes a receipt, once. Throws as `RedeemRequest` says; a receipt refused for another reason is not used up. */
  redeem(request: RedeemRequest): Promise<RedeemResponse>
  /** Forgets receipts that are over by themselves. */
  purge(): Promise<void>
}

export function createReceipts(deps: {
  store: Pick<Store, 'db' | 'transact'>
  tokens: ReceiptTokens
  hash: KeyedHash
  now: () => number
}): Receipts {
  const { store, tokens, hash, now } = deps
  const read = (db: Store['db'] | Trx, id: string) =>
    db.selectFrom('verifications').selectAll().where('id', '=', id).executeTakeFirst()

  return {
    async issue(verificationId, origin) {
      const row = await read(store.db, verificationId)
      if (row === undefined) throw new HttpError(401, 'unauthorized')
      if (row.status !== 'approved') throw new HttpError(409, 'not_approved', { status: row.status })
      const user = hash('receipt-user', row.user_id ?? '')
      const { token, expiresAt } = await tokens.issue({ verificationId, user, origin })
      return { receipt: token, expiresAt }
    },
    async redeem({ receipt, userId, origin }) {
      const { jti, expiresAt, ...bound } = await tokens.read(receipt)
      return store.transact(async (trx) => {
        const row = await read(trx, bound.verificationId)
        if (row === undefined) throw new HttpError(400, 'receipt_invalid')
        const fields: Record<string, string> = {}
        const isOfUser = bound.user === hash('receipt-user', row.user_id ?? '')
        if (!isOfUser || (userId !== undefined && userId !== row.user_id)) fields['userId'] = 'mismatch'
        if (origin !== undefined && origin !== bound.origin) fields['origin'] = 'mismatch'
        if (Object.keys(fields).length > 0) throw new HttpError(403, 'receipt_mismatch', { fields })
        const { numInsertedOrUpdatedRows } = await trx
          .insertInto('redeemed_receipts')
          .values({ jti, expires_at: expiresAt })
          .onConflict((conflict) => conflict.column('jti').doNothing())
          .executeTakeFirst()
        if (numInsertedOrUpdatedRows !== 1n) throw new HttpError(409, 'receipt_used')
        if (row.status !== 'approved') throw new HttpError(409, 'receipt_revoked', { status: row.status })
        return { verification: toVerification(row), origin: bound.origin }
      })
    },
    async purge() {
      await store.db
        .deleteFrom('redeemed_receipts')
        .where('expires_at', '<=', now() - CLOCKS_APART_MS)
        .execute()
    },
  }
}

import { HttpError } from '../http/errors.ts'
import type { Trx } from '../store/engine/store.ts'

/**
 * Gives a user token to a link, so that it starts nothing else. One that has been used goes over as long as nothing came
 * of it: a visitor whose browser could not open the flow takes the link instead. Else 401 `user_token_used`.
 */
export async function moveToken(
  trx: Trx,
  { jti, expiresAt }: { jti: string; expiresAt: number },
  linkId: string,
): Promise<void> {
  const owner = `link:${linkId}`
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('used_tokens')
    .values({ jti, start_key: owner, expires_at: expiresAt })
    .onConflict((conflict) => conflict.column('jti').doNothing())
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows === 1n) return
  const used = await trx.selectFrom('used_tokens').select('start_key').where('jti', '=', jti).executeTakeFirst()
  if (used === undefined || !(await isUnstarted(trx, used.start_key))) throw new HttpError(401, 'user_token_used')
  await trx.updateTable('used_tokens').set({ start_key: owner }).where('jti', '=', jti).execute()
}

/** `startKey` as in `used_tokens`: a link, or `<key>@<time>` of a start. */
async function isUnstarted(trx: Trx, startKey: string): Promise<boolean> {
  const table = startKey.startsWith('link:') ? 'hosted_links' : 'starts'
  const row =
    table === 'hosted_links'
      ? await trx.selectFrom(table).select('verification_id').where('id', '=', startKey.slice(5)).executeTakeFirst()
      : await trx
          .selectFrom(table)
          .select('verification_id')
          .where('key', '=', startKey.slice(0, startKey.lastIndexOf('@')))
          .executeTakeFirst()
  if (row === undefined) return false
  // A start under way has none yet: what comes of it is not known.
  if (row.verification_id === null) return table === 'hosted_links'
  const verification = await trx
    .selectFrom('verifications')
    .select('status')
    .where('id', '=', row.verification_id)
    .executeTakeFirst()
  return verification?.status === 'created'
}

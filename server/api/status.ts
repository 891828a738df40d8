import type { RequestHandler } from 'express'
import { readBearer } from '../auth/credentials.ts'
import type { StatusTokens } from '../auth/status-token.ts'
import { HttpError } from '../errors.ts'
import type { StatusMessage } from '../protocol.ts'
import type { Store } from '../store/store.ts'

/**
 * `GET /api/status` → `{status, revision}`, with a status token (that verification) or a user token (that user's
 * newest). 401 where the token is neither; 404 where that user has none.
 */
export function createStatus(deps: {
  store: Store
  statusTokens: StatusTokens
  /** The user a user token names; null where it is none of ours. */
  readUser: (token: string) => Promise<string | null>
}): RequestHandler {
  const { store, statusTokens, readUser } = deps
  return async (request, response) => {
    const bearer = readBearer(request)
    if (bearer === null) throw new HttpError(401, 'unauthorized')
    const verificationId = await statusTokens.verify(bearer)
    const userId = verificationId === null ? await readUser(bearer) : null
    if (verificationId === null && userId === null) throw new HttpError(401, 'unauthorized')
    const row = await store.reader
      .selectFrom('verifications')
      .select(['status', 'revision'])
      .$if(verificationId !== null, (query) => query.where('id', '=', verificationId ?? ''))
      .$if(userId !== null, (query) => query.where('user_id', '=', userId))
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (row === undefined) throw new HttpError(404, 'not_found')
    const message: StatusMessage = { status: row.status, revision: row.revision }
    response.json(message)
  }
}

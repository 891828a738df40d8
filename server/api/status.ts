import type { RequestHandler } from 'express'
import { readBearer } from '../auth/credentials.ts'
import { HttpError } from '../http/errors.ts'
import type { Follow } from '../links/follow.ts'
import type { Environment, StatusMessage } from '../protocol.ts'
import type { Store } from '../store/engine/store.ts'

/**
 * `GET /api/status` → `StatusMessage`, with a status token (that verification, or that link) or a user token (that user's
 * newest). 401 where the token is neither; 404 where that user has none.
 */
export function createStatus(deps: {
  store: Store
  follow: Follow
  /** A user's verifications of the other one are not spoken of: in the sandbox anybody is approved. */
  environment: Environment
  /** The user a user token names; null where it is none of ours. */
  readUser: (token: string) => Promise<string | null>
}): RequestHandler {
  const { store, follow, environment, readUser } = deps
  return async (request, response) => {
    const bearer = readBearer(request)
    if (bearer === null) throw new HttpError(401, 'unauthorized')
    response.json(await read(bearer))
  }

  async function read(bearer: string): Promise<StatusMessage> {
    const followed = await follow(bearer)
    if (followed?.verificationId === null) return { status: 'created', revision: 0, link: followed.link }
    const userId = followed === null ? await readUser(bearer) : null
    if (followed === null && userId === null) throw new HttpError(401, 'unauthorized')
    const row = await store.reader
      .selectFrom('verifications')
      .select(['status', 'revision'])
      .$if(followed !== null, (query) => query.where('id', '=', followed?.verificationId ?? ''))
      .$if(userId !== null, (query) => query.where('user_id', '=', userId).where('environment', '=', environment))
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (row === undefined) throw new HttpError(404, 'not_found')
    return { status: row.status, revision: row.revision }
  }
}

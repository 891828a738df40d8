import type { Restart } from '../../config/config.ts'
import type { Environment, ErrorCode, Status } from '../../protocol.ts'
import { VERDICTS } from '../../protocol.ts'
import type { Store } from '../engine/store.ts'

/** Runs that came to nothing: whoever had one may begin anew, whatever RESTART says. */
export const CAME_TO_NOTHING: readonly Status[] = ['created', 'started', 'cancelled', 'expired', 'abandoned', 'error']

export interface Standing {
  /** Why none may be started; null where one may. */
  refusal: Extract<ErrorCode, 'already_approved' | 'already_submitted'> | null
  /** The verification that is the reason, else the newest. */
  found: { id: string; status: Status; revision: number } | null
}

/**
 * Where a user stands in a workflow. To be asked only about somebody who has proved to be that user: anybody else would
 * learn from the answer who has been verified here, so unsigned users of a live server are not asked about and RESTART
 * does not hold for them.
 */
export type ReadStanding = (userId: string, workflowId: string) => Promise<Standing>

export function createReadStanding(deps: {
  store: Pick<Store, 'db'>
  restart: Restart
  environment: Environment
}): ReadStanding {
  const { store, restart, environment } = deps
  return async (userId, workflowId) => {
    const newest = store.db
      .selectFrom('verifications')
      .select(['id', 'status', 'revision'])
      .where('user_id', '=', userId)
      .where('workflow', '=', workflowId)
      .where('environment', '=', environment)
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(1)
    if (restart === 'unless-approved') {
      const judged = await newest.where('status', 'in', VERDICTS).executeTakeFirst()
      if (judged?.status === 'approved') return { refusal: 'already_approved', found: judged }
    }
    if (restart === 'never') {
      const got = await newest.where('status', 'not in', CAME_TO_NOTHING).executeTakeFirst()
      if (got) return { refusal: got.status === 'approved' ? 'already_approved' : 'already_submitted', found: got }
    }
    return { refusal: null, found: (await newest.executeTakeFirst()) ?? null }
  }
}

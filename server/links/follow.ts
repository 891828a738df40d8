import type { StatusTokens } from '../auth/status-token.ts'
import type { LinkState } from '../protocol.ts'
import type { Db } from '../store/engine/store.ts'

/** What a status token follows: a verification, or a link by which none was begun yet. `linkId` where it is a link's. */
export type Followed =
  | { verificationId: string; linkId: string | null }
  | { verificationId: null; linkId: string; link: LinkState }

/** Null where the token is not one of ours, too old, or its link is gone. */
export type Follow = (token: string) => Promise<Followed | null>

const PREFIX = 'link_'

/** The status token of a page whose visitor goes on by a link. */
export function issueLinkStatusToken(statusTokens: StatusTokens, linkId: string): Promise<string> {
  return statusTokens.issue(`${PREFIX}${linkId}`)
}

export function createFollow(deps: { db: Db; statusTokens: Pick<StatusTokens, 'verify'>; now: () => number }): Follow {
  const { db, statusTokens, now } = deps
  return async (token) => {
    const subject = await statusTokens.verify(token)
    if (subject === null) return null
    if (!subject.startsWith(PREFIX)) return { verificationId: subject, linkId: null }
    const linkId = subject.slice(PREFIX.length)
    const row = await db
      .selectFrom('hosted_links')
      .select(['verification_id', 'replaced', 'expires_at'])
      .where('id', '=', linkId)
      .executeTakeFirst()
    if (row === undefined) return null
    if (row.verification_id !== null) return { verificationId: row.verification_id, linkId }
    const link = row.replaced === 1 ? 'replaced' : row.expires_at <= now() ? 'expired' : 'waiting'
    return { verificationId: null, linkId, link }
  }
}

/** Links by which these verifications were begun, with the verification of each. */
export async function readLinksOf(
  db: Db,
  verificationIds: readonly string[],
): Promise<{ linkId: string; verificationId: string }[]> {
  if (verificationIds.length === 0) return []
  const rows = await db
    .selectFrom('hosted_links')
    .select(['id', 'verification_id'])
    .where('verification_id', 'in', verificationIds)
    .execute()
  return rows.flatMap((row) =>
    row.verification_id === null ? [] : [{ linkId: row.id, verificationId: row.verification_id }],
  )
}

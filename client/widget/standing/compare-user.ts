import { readSubject } from './read-subject.ts'
import type { StatusTokenKey } from './status-token-store.ts'

/** Servers for which a user id and a user token of this page have said the same. */
const agreed = new Set<string>()

export interface UserComparison {
  /** Whom the token names; empty where it does not say. */
  subject: string
  /** The page names one user and its token another. */
  differs: boolean
  /** One of the two is the user before. */
  isBetween: boolean
}

/**
 * Compares whom a page names with whom its user token does. The server goes by the token alone, so a page may call its
 * users something else than its tokens do. Once both have said the same, a difference means that the page is between
 * two users, and nobody knows which of them is there.
 */
export function compareUser({ server, userId }: StatusTokenKey, userToken: string | undefined): UserComparison {
  const subject = readSubject(userToken)
  if (subject && subject === userId) agreed.add(server)
  const differs = Boolean(userId && subject && userId !== subject)
  return { subject, differs, isBetween: differs && agreed.has(server) }
}

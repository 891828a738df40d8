/**
 * A user id as it is shown before somebody deliberately asks for it: what looks like an e-mail address or a phone number keeps only what
 * tells neighbours apart; ids that name nobody stay as they are. The dashboard imports this file as it is.
 */
export function maskPersonal(userId: string): string {
  const at = userId.lastIndexOf('@')
  if (at > 0) return `${Array.from(userId)[0] ?? ''}•••@${Array.from(userId.slice(at + 1))[0] ?? ''}•••`
  if (/^\+?[\d\s().-]{7,}$/.test(userId)) return `•••• ${userId.slice(-3)}`
  return userId
}

/** Whether the server has masked it already: then there is no more to show here. */
export function isMasked(userId: string): boolean {
  return /^(?:.?•••@.?•••|•••• .{3})$/su.test(userId)
}

/** Whether `maskPersonal` hides anything of it. */
export function isPersonal(userId: string): boolean {
  return maskPersonal(userId) !== userId
}

/** As whoever may not see personal data gets it. */
export function maskUser<T extends { userId: string | null }>(item: T): T {
  return item.userId === null ? item : { ...item, userId: maskPersonal(item.userId) }
}

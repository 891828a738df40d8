/**
 * A user id as it is shown before somebody deliberately asks for it: what looks like an e-mail address, a phone number or a name (white
 * space between letters) keeps only what tells neighbours apart; ids that name nobody stay as they are. The dashboard imports this file
 * as it is.
 */
export function maskPersonal(userId: string): string {
  const at = userId.lastIndexOf('@')
  if (at > 0) return `${readInitial(userId)}•••@${readInitial(userId.slice(at + 1))}•••`
  if (/^(?:tel:)?\+?[\d\s()./-]{7,}$/i.test(userId.normalize('NFKC'))) return `•••• ${userId.slice(-3)}`
  if (!NAME.test(userId)) return userId
  const words = userId.trim().split(/\s+/)
  return `${readInitial(words.at(0))}••• ${readInitial(words.at(-1))}•••`
}

/** Punctuation, signs, accents and marks of direction may stand beside the white space: `Byron, Ada`, `A. Byron`, `Ada | Byron`. */
const NAME = /\p{L}[\p{M}\p{P}\p{S}\p{Cf}]*\s[\s\p{M}\p{P}\p{S}\p{Cf}]*\p{L}/u

function readInitial(text = ''): string {
  // Marks of direction are nobody's initial.
  return Array.from(text.replace(/^\p{Cf}+/u, ''))[0] ?? ''
}

/** Whether this is what `maskPersonal` makes of an id: then there is more to reveal. */
export function isMasked(userId: string): boolean {
  return /^(?:.?•••[@ ].?•••|•••• .{3})$/su.test(userId)
}

/** Whether `maskPersonal` hides anything of it. */
export function isPersonal(userId: string): boolean {
  return maskPersonal(userId) !== userId
}

/** As everybody gets it who has to ask for what it stands for. */
export function maskUser<T extends { userId: string | null }>(item: T): T {
  return item.userId === null ? item : { ...item, userId: maskPersonal(item.userId) }
}

/** An object from outside: read only through the functions of this file. */
export type Fields = Readonly<Record<string, unknown>>

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The first of these names that is there and not null, in the first of these objects that has one of them. */
export function pick(objects: readonly Fields[], ...names: readonly string[]): unknown {
  for (const fields of objects) {
    for (const name of names) {
      const value = Object.hasOwn(fields, name) ? fields[name] : undefined
      if (value !== undefined && value !== null) return value
    }
  }
  return undefined
}

export function pickFields(objects: readonly Fields[], ...names: readonly string[]): Fields {
  const value = pick(objects, ...names)
  return isFields(value) ? value : {}
}

/** As the contract bounds user ids; vendors' own are UUIDs or shorter. */
const MAX_ID = 255

/**
 * An id exactly as sent, or nothing: a cleaned or cut id would be somebody else's. Of numbers only those that JSON
 * carries without loss.
 */
export function readId(value: unknown): string | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? String(value) : undefined
  if (typeof value !== 'string' || value.trim() === '' || value.length > MAX_ID) return undefined
  return value.isWellFormed() && !/\p{Cc}/u.test(value) ? value : undefined
}

/** Longer than any vendor's status, event or list name. */
const MAX_WORD = 100

/** A vendor's word for people to read: one line, without control, formatting or unassigned characters. */
export function readWord(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const cleaned = value
    .slice(0, MAX_WORD)
    .toWellFormed()
    .replaceAll(/[\p{C}\p{Z}]+/gu, ' ')
    .trim()
  return cleaned === '' ? undefined : cleaned
}

const ISO_TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:?\d{2})?$/

/** ISO 8601 date and time to epoch ms. One without an offset is taken as UTC; anything else is null, never a guess. */
export function readTime(value: unknown): number | null {
  const [, date, time, offset = 'Z'] = (typeof value === 'string' && ISO_TIME.exec(value)) || []
  if (date === undefined || time === undefined) return null
  const at = Date.parse(`${date}T${time}${offset}`)
  return Number.isNaN(at) ? null : at
}

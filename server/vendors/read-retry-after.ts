/** `Retry-After` (RFC 9110 §10.2.3: seconds, or a date) as ms from `now`; null where it is absent or unreadable. */
export function readRetryAfter(value: string | null, now: number): number | null {
  if (value === null) return null
  const waitMs = /^\d{1,9}$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now
  return Number.isNaN(waitMs) ? null : Math.max(0, waitMs)
}

/** RFC 9110 §5.6.7: what senders write; `Date.parse` alone would find a date in `-5`. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/

/** `Retry-After` (RFC 9110 §10.2.3: seconds, or a date) as ms from `now`; null where it is absent or unreadable. */
export function readRetryAfter(value: string | null, now: number): number | null {
  if (value === null) return null
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000
  const waitMs = HTTP_DATE.test(value) ? Date.parse(value) - now : Number.NaN
  return Number.isNaN(waitMs) ? null : Math.max(0, waitMs)
}

import { messages } from '../../messages.ts'
import { lazily } from '../lazily.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const { ago, now: justNow, months } = messages.times
// British English for an unambiguous order of day and month, and 24 hours.
const clock = lazily(() => new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' }))
const exact = lazily(() => new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' }))
const exactUtc = lazily(() => new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone: 'UTC' }))

/** "now", "20 sec ago", "2 min ago", "3 hr ago", "20 Nov", "20 Nov 2025". A time ahead of this device's clock counts as now. */
export function formatAgo(at: number, now: number): string {
  const age = Math.max(0, now - at)
  if (age < 10_000) return justNow
  if (age < MINUTE) return ago(Math.floor(age / 10_000) * 10, 'sec')
  if (age < HOUR) return ago(Math.floor(age / MINUTE), 'min')
  if (age < DAY) return ago(Math.floor(age / HOUR), 'hr')
  return new Date(at).getFullYear() === new Date(now).getFullYear() ? formatDayOfYear(new Date(at)) : formatDay(at)
}

/** By hand, as a list's first rows show it: a browser's own formatter takes tens of milliseconds to make. */
function formatDayOfYear(date: Date): string {
  return `${date.getDate()} ${months[date.getMonth()]}`
}

/** "20 Nov 2026, 14:02:11 (13:02:11 UTC)" in this device's time zone. */
export function formatExact(at: number): string {
  return `${exact().format(at)} (${exactUtc().format(at)} UTC)`
}

/** "14:02:11" in this device's time zone. */
export function formatClock(at: number): string {
  return clock().format(at)
}

/** "20 Nov 2026" in this device's time zone. */
export function formatDay(at: number): string {
  const date = new Date(at)
  return `${formatDayOfYear(date)} ${date.getFullYear()}`
}

/** A length of time in ms as its two largest units: "850 ms", "4.2 s", "12 s", "3 min 20 s", "2 h 5 min", "3 d 4 h". */
export function formatDuration(length: number): string {
  if (length < 1000) return `${Math.max(0, Math.round(length))} ms`
  if (length < 10_000) return `${Math.floor(length / 100) / 10} s`
  const seconds = Math.floor(length / 1000)
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const
  const from = parts.findIndex(([amount]) => amount > 0)
  return parts
    .slice(from, from + 2)
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(' ')
}

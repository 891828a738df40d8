import type { AuditEntry } from '../../../server/protocol.ts'
import { messages } from '../messages.ts'
import { formatExact } from '../parts/time/time-format.ts'

const words = messages.operators.details

/** What exactly was asked for, in words; what has none here stands as it was recorded. */
export function describeEntry({ action, detail }: AuditEntry): string {
  const { from, to, ...others } = detail
  const span = typeof from === 'string' || typeof to === 'string' ? [words.span(formatTime(from), formatTime(to))] : []
  const parts = Object.entries(others).map(([name, value]) => {
    if (name === 'way' && value === 'token' && action === 'sign_in_refused') return words.wrongToken
    if (name === 'way') return words.way(String(value))
    if (name === 'why') return words.stopped(String(value))
    if (name === 'of') return words.of(String(value))
    if (name === 'role')
      return value === 'admin' || value === 'viewer' ? messages.operators.roles[value] : String(value)
    if (name === 'times' && typeof value === 'number') return words.times(value)
    if (name === 'deliveries' && typeof value === 'number') return words.deliveries(value)
    if (name === 'whole') return value === true ? words.whole : words.masked
    if (name === 'searched') return words.searched
    if (name === 'overdue') return value === true ? words.overdue : words.notOverdue
    if (name === 'rows' && typeof value === 'number') return words.rows(value)
    return String(value)
  })
  return [...span, ...parts].join(' · ')
}

const formatTime = (value: unknown) => (typeof value === 'string' ? formatExact(Date.parse(value)) : null)

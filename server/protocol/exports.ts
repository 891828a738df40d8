import type { VerificationSearch } from './search.ts'

export const EXPORT_FORMATS = ['csv', 'ndjson'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/**
 * `POST /api/exports/verifications`, admins: every verification that `POST /api/verifications/search` would find with the
 * same fields, in the same order, as a file. Streamed; `X-Total-Count` says how many there are, where that is known. It is
 * recorded before it begins. A file that breaks off ends without its last chunk, so that whoever reads it notices. What
 * changes while it is written may be in it as it was before or after; in an order by `updatedAt` it may be missing.
 *
 * - `csv`: RFC 4180 in UTF-8, with a byte order mark, without which Excel takes it for another encoding; a header with the
 *   fields of `Verification`, `overdue` as `true` or `false`, nothing for null. Text that a spreadsheet would take for a
 *   formula has a `'` before it.
 * - `ndjson`: a `Verification` a line, without a mark and with nothing put before anything.
 */
export interface ExportRequest extends Omit<VerificationSearch, 'cursor' | 'limit' | 'ids'> {
  format: ExportFormat
  /** User ids that name a person as they are; else masked. */
  whole?: boolean
}

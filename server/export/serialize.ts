import { stringify } from 'csv-stringify/sync'
import type { ExportFormat, Verification } from '../protocol.ts'
import { escapeFormulas } from './escape-formulas.ts'

/** How a file is written: what stands at its beginning, then page by page. */
export interface Serializer {
  contentType: string
  begin(): string
  write(page: readonly Verification[]): string
}

/** The columns of a CSV file, in their order. */
const COLUMNS = [
  'id',
  'vendor',
  'vendorId',
  'userId',
  'workflow',
  'status',
  'decidedAt',
  'createdAt',
  'updatedAt',
  'environment',
  'overdue',
  'revision',
] as const satisfies readonly (keyof Verification)[]

const writeCsv = (page: readonly Verification[], options: { bom?: true; header?: true } = {}) =>
  stringify([...page], {
    ...options,
    columns: [...COLUMNS],
    record_delimiter: 'windows',
    cast: { boolean: String, string: escapeFormulas },
  })

export const serializers: Record<ExportFormat, Serializer> = {
  csv: {
    contentType: 'text/csv; charset=utf-8; header=present',
    begin: () => writeCsv([], { bom: true, header: true }),
    write: (page) => writeCsv(page),
  },
  ndjson: {
    contentType: 'application/x-ndjson; charset=utf-8',
    begin: () => '',
    write: (page) => page.map((verification) => `${JSON.stringify(verification)}\n`).join(''),
  },
}

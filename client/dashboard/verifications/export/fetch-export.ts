import type { ExportRequest } from '../../../../server/protocol.ts'
import type { ApiClient } from '../../api/api-client.ts'
import { post } from '../../api/api-client.ts'

export interface ExportedFile {
  name: string
  content: Blob
  rows: number
}

const NEWLINE = 10

/**
 * Fetches an export as it is written; `tell` hears how far it is. Throws an `ApiError` where it never began, and whatever ends a
 * stream early (`signal`, or the connection) where it broke off: half a file is none.
 */
export async function fetchExport(
  api: ApiClient,
  request: ExportRequest,
  tell: (rows: number, total: number | null) => void,
  signal: AbortSignal,
): Promise<ExportedFile> {
  const response = await api.send('/api/exports/verifications', { ...post(request), signal })
  const given = response.headers.get('x-total-count')
  const total = given === null ? null : Number(given)
  // A header is no row. Rows are counted by their ends: a line break within a field makes the figure run ahead, and it is cut.
  let lines = request.format === 'csv' ? -1 : 0
  const rows = () => Math.max(0, total === null ? lines : Math.min(lines, total))
  tell(0, total)
  const chunks: Uint8Array<ArrayBuffer>[] = []
  const reader = response.body?.getReader()
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    chunks.push(next.value)
    for (const byte of next.value) if (byte === NEWLINE) lines += 1
    tell(rows(), total)
  }
  const type = response.headers.get('content-type') ?? ''
  return { name: readName(response, request.format), content: new Blob(chunks, { type }), rows: rows() }
}

function readName(response: Response, format: string): string {
  const [, name] = /filename="?([\w.-]+)"?/.exec(response.headers.get('content-disposition') ?? '') ?? []
  return name ?? `verifications.${format}`
}

/** Hands a file to the browser's downloads. */
export function saveFile({ name, content }: ExportedFile): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  // The browser has the file's content by then; a minute is more than the slowest takes to begin.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

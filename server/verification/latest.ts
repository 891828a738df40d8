import type { Report } from './report.ts'

/**
 * What reports say of one thing: the latest vendor time holds, at the same time the greater value, so that the answer
 * depends on what was said and never on which came first.
 */
export function findLatest(
  reports: readonly Report[],
  read: (report: Report) => string | undefined,
): { value: string; report: Report } | undefined {
  let latest: { value: string; at: number; report: Report } | undefined
  for (const report of reports) {
    const value = read(report)
    if (value === undefined) continue
    const at = timeOf(report)
    const isLater =
      latest === undefined ||
      at > latest.at ||
      (at === latest.at && (value > latest.value || (value === latest.value && report.id < latest.report.id)))
    if (isLater) latest = { value, at, report }
  }
  return latest
}

/** A report without a time is older than any with one. */
export function timeOf(report: Report): number {
  return report.occurredAt ?? Number.NEGATIVE_INFINITY
}

import type { Insertable, Selectable } from 'kysely'
import { parseSubjectKey, subjectKey } from '../../verification/identity.ts'
import type { Report } from '../../verification/report.ts'
import type { ReportTable } from '../engine/schema.ts'

/** The part of a report that is kept as JSON: everything no query looks for. */
type ReportData = Pick<
  Report,
  | 'status'
  | 'corrects'
  | 'unconfirmed'
  | 'executionId'
  | 'startedAt'
  | 'workflow'
  | 'transactionIds'
  | 'checks'
  | 'detail'
  | 'flags'
  | 'emailHash'
>

export function toReportRow(report: Report, verificationId: string | null): Insertable<ReportTable> {
  const { id, kind, source, environment, receivedAt, deliveryId, subject, event, occurredAt, userId, ...data } = report
  return {
    id,
    verification_id: verificationId,
    subject: subject === null ? null : subjectKey(subject),
    environment,
    kind,
    source,
    event,
    user_id: userId ?? null,
    occurred_at: occurredAt,
    received_at: receivedAt,
    delivery_id: deliveryId,
    data: JSON.stringify(data satisfies ReportData),
  }
}

export function fromReportRow(row: Selectable<ReportTable>): Report {
  // Written by toReportRow above, from parsed drafts: our own format, not outside data.
  const data: ReportData = JSON.parse(row.data)
  return {
    ...data,
    id: row.id,
    kind: row.kind,
    source: row.source,
    environment: row.environment,
    receivedAt: row.received_at,
    deliveryId: row.delivery_id,
    subject: row.subject === null ? null : parseSubjectKey(row.subject),
    event: row.event,
    occurredAt: row.occurred_at,
    ...(row.user_id === null ? {} : { userId: row.user_id }),
  }
}

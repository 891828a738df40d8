import { sql } from 'kysely'
import type { Environment, Source, UserEvent, UserPage } from '../../protocol.ts'
import { SOURCES } from '../../protocol.ts'
import type { Report } from '../../verification/report.ts'
import { inParts } from '../engine/in-parts.ts'
import type { Db } from '../engine/store.ts'
import { fromReportRow } from '../projection/reports.ts'
import { toVerification } from './verifications.ts'

/** Far beyond what one person does; a list of everything is what the export is for. */
const MOST_VERIFICATIONS = 200
const MOST_EVENTS = 500

/** All that is kept of a verification's user; null where it does not exist or names none. */
export async function readUserHistory(db: Db, verificationId: string): Promise<UserPage | null> {
  const whose = await db
    .selectFrom('verifications')
    .select(['user_id', 'environment'])
    .where('id', '=', verificationId)
    .executeTakeFirst()
  if (whose === undefined || whose.user_id === null) return null
  const { user_id: userId, environment } = whose

  const rows = await db
    .selectFrom('verifications')
    .selectAll()
    .where('user_id', '=', userId)
    .where('environment', '=', environment)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(MOST_VERIFICATIONS + 1)
    .execute()
  const verifications = rows.slice(0, MOST_VERIFICATIONS).map(toVerification)
  const ids = verifications.map(({ id }) => id)
  const reports = await readReports(db, environment, userId, ids)
  const events = reports.slice(0, MOST_EVENTS)
  return {
    userId,
    environment,
    verifications,
    events: events.flatMap((report) => toEvent(report) ?? []),
    isCut: rows.length > MOST_VERIFICATIONS || reports.length > MOST_EVENTS,
  }
}

type Filed = Report & { verificationId: string | null }

/** What is said of the user, and of the transactions that the user's verifications know of; newest first. */
async function readReports(db: Db, environment: Environment, userId: string, ids: readonly string[]): Promise<Filed[]> {
  const about = db
    .selectFrom('reports')
    .selectAll()
    .where('environment', '=', environment)
    .where((eb) => eb.or([eb('subject', 'like', 'transaction:%'), eb('subject', 'like', 'user:%')]))
    .orderBy(sql`coalesce(occurred_at, received_at)`, 'desc')
    .orderBy('id', 'desc')
    .limit(MOST_EVENTS + 1)
  const found = await about.where('user_id', '=', userId).execute()
  const links = await db.selectFrom('links').select('key').distinct().where('verification_id', 'in', ids).execute()
  for (const part of inParts([`user:${userId}`, ...links.map(({ key }) => key)])) {
    found.push(...(await about.where('subject', 'in', part).execute()))
  }
  const filed = new Map(found.map((row) => [row.id, { ...fromReportRow(row), verificationId: row.verification_id }]))
  return [...filed.values()].toSorted((a, b) => timeOf(b) - timeOf(a) || (a.id < b.id ? 1 : -1))
}

function timeOf({ occurredAt, receivedAt }: Report): number {
  return occurredAt ?? receivedAt
}

function toEvent(report: Filed): UserEvent | null {
  const { id, event, subject, detail, flags = [], deliveryId, verificationId } = report
  const source = readSource(report)
  if (source === null) return null
  return {
    id,
    at: new Date(timeOf(report)).toISOString(),
    kind: readKind(event),
    source,
    event,
    flags,
    ...(detail === undefined ? {} : { detail }),
    ...(subject?.type === 'transaction' ? { transactionId: subject.id } : {}),
    ...(deliveryId === null ? {} : { deliveryId }),
    ...(verificationId === null ? {} : { verificationId }),
  }
}

/** Only vendors speak of users and transactions. */
function readSource({ source }: Report): Source | null {
  return SOURCES.find((each) => each === source) ?? null
}

/** SEON writes `lists:customlist` as well as `lists/customlist`. */
function readKind(event: string): UserEvent['kind'] {
  const [family] = event.split(/[:/]/)
  if (family === 'transaction' || family === 'aml') return family
  return family === 'lists' ? 'list' : 'other'
}

import type { Environment } from '../../protocol.ts'
import type { Projection } from '../../verification/projection.ts'
import type { Report } from '../../verification/report.ts'
import { inParts } from '../engine/in-parts.ts'
import type { Trx } from '../engine/store.ts'
import { fromReportRow } from './reports.ts'

/** Reports about users and transactions that belong to no verification alone. */
export interface LinkedReports {
  /** Those that concern a verification with these keys and this user. */
  read(environment: Environment, verification: Pick<Projection, 'keys' | 'userId'>): Promise<Report[]>
}

/**
 * Reads each key and each user once, however many verifications of one transaction ask: those of one user share nearly
 * all, and a user may have thousands of reports.
 */
export function createLinkedReports(trx: Trx): LinkedReports {
  const bySubject = new Map<string, Report[]>()
  const byUser = new Map<string, Report[]>()

  const select = (environment: Environment) =>
    trx
      .selectFrom('reports')
      .selectAll()
      .where('environment', '=', environment)
      .where('verification_id', 'is', null)
      .where('subject', 'is not', null)

  async function loadSubjects(environment: Environment, keys: readonly string[]): Promise<void> {
    const missing = keys.filter((key) => !bySubject.has(`${environment} ${key}`))
    for (const key of missing) bySubject.set(`${environment} ${key}`, [])
    for (const part of inParts(missing)) {
      const rows = await select(environment).where('subject', 'in', part).execute()
      for (const row of rows) bySubject.get(`${environment} ${row.subject}`)?.push(fromReportRow(row))
    }
  }

  async function loadUser(environment: Environment, userId: string): Promise<void> {
    if (byUser.has(`${environment} ${userId}`)) return
    const rows = await select(environment).where('user_id', '=', userId).execute()
    byUser.set(`${environment} ${userId}`, rows.map(fromReportRow))
  }

  return {
    async read(environment, { keys, userId }) {
      await loadSubjects(environment, keys)
      if (userId !== null) await loadUser(environment, userId)
      const found = [
        ...keys.map((key) => bySubject.get(`${environment} ${key}`) ?? []),
        userId === null ? [] : (byUser.get(`${environment} ${userId}`) ?? []),
      ]
      return [...new Map(found.flat().map((report) => [report.id, report])).values()]
    },
  }
}

import { sql } from 'kysely'
import { type Environment, VENDORS } from '../protocol.ts'
import type { Db } from '../store/store.ts'
import type { Workflow } from './habits.ts'

const ENVIRONMENTS = ['sandbox', 'live'] as const satisfies readonly Environment[]

/** Each workflow in which something may still be awaited: one step of an index a workflow, however many verifications. */
export async function readAwaitedWorkflows(db: Db): Promise<Workflow[]> {
  const found: Workflow[] = []
  for (const environment of ENVIRONMENTS) {
    for (const vendor of VENDORS) {
      found.push({ environment, vendor, workflow: null })
      for (let workflow: string | null = ''; ; ) {
        const next: { workflow: string | null } | undefined = await selectAwaited(db)
          .select('workflow')
          .where('environment', '=', environment)
          .where('vendor', '=', vendor)
          .where('workflow', '>', workflow)
          .orderBy('workflow')
          .limit(1)
          .executeTakeFirst()
        workflow = next?.workflow ?? null
        if (workflow === null) break
        found.push({ environment, vendor, workflow })
      }
    }
  }
  return found
}

/** In the very words of the index `verifications_awaited`, so that both engines see that it answers. */
export function selectAwaited(db: Db) {
  return db.selectFrom('verifications').where(sql<boolean>`overdue = 0 and decided_at is null`)
}

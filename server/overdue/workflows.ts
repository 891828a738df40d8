import { readKinds } from '../store/engine/kinds.ts'
import type { Db } from '../store/engine/store.ts'
import { awaitsDecision } from '../verification/status.ts'
import type { Workflow } from './habits.ts'

/** Each workflow in which something may still be awaited. */
export async function readAwaitedWorkflows(db: Db): Promise<Workflow[]> {
  const kinds = await readKinds(db)
  const awaited = kinds
    .filter(({ status, overdue }) => overdue === 0 && awaitsDecision(status))
    .map(({ environment, vendor, workflow }) => ({ environment, vendor, workflow: workflow === '' ? null : workflow }))
  return [...new Map(awaited.map((each) => [JSON.stringify(each), each])).values()]
}

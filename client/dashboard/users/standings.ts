import type { Verification } from '../../../server/protocol.ts'
import { VERDICTS } from '../../../server/protocol.ts'

/** The verification by which the user stands in each workflow: the newest with a verdict, else the newest. `verifications`: newest first. */
export function readStandings(verifications: readonly Verification[]): readonly Verification[] {
  const standings = new Map<string | null, Verification>()
  for (const each of verifications) {
    const held = standings.get(each.workflow)
    const isBetter = held === undefined || (!VERDICTS.includes(held.status) && VERDICTS.includes(each.status))
    if (isBetter) standings.set(each.workflow, each)
  }
  return [...standings.values()]
}

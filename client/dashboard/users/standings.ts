import type { Status, Verification } from '../../../server/protocol.ts'

/** What counts as a word on the person, to the server as well: a later run that came to nothing does not take an approval away. */
const VERDICTS: readonly Status[] = ['approved', 'review', 'declined']

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

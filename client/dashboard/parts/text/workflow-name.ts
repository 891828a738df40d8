import type { SessionInfo } from '../../../../server/protocol.ts'
import { messages } from '../../messages.ts'
import { shortenId } from './short-id.ts'

let known: SessionInfo['workflows'] = []

/** As the server's settings call them; said once, when somebody has signed in. */
export function setWorkflowNames(workflows: SessionInfo['workflows']): void {
  known = workflows
}

/** What people call a workflow: its name in the settings, else its id, shortened. `null` is a run that nobody has named one for. */
export function nameWorkflow(id: string | null): string {
  if (id === null) return messages.detail.defaultWorkflow
  const workflow = known.find((each) => each.id === id)
  return workflow === undefined ? shortenId(id, 20, 8) : (workflow.name ?? messages.detail.defaultWorkflow)
}

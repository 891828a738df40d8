import type { ParsedDelivery } from '../receiver.ts'
import { fraudReaders } from '../seon-fraud.ts'
import { type EventReader, parseSeonDelivery } from './event.ts'
import { sessionReaders } from './session.ts'
import { workflowReaders } from './workflow.ts'

const readers: ReadonlyMap<string, EventReader> = new Map<string, EventReader>([
  ...workflowReaders,
  ...sessionReaders,
  // The current system carries Fraud's events too; its names for them are those of the older one as far as is known.
  ...fraudReaders,
  // A URL check tells nothing of anybody; signed or not, it leaves no report.
  ['ping', () => []],
])

/**
 * Reads whatever SEON's current webhook system sends; throws `UnreadableError`. Both of its doors read all of it: an
 * account may subscribe both to the same event, and of the two copies only the first is processed.
 */
export function parseCurrentEvent(body: Uint8Array): ParsedDelivery {
  return parseSeonDelivery(body, readers)
}

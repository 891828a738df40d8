import type { ReportDraft, Subject } from '../../verification/report.ts'
import { type Fields, isFields, pick, readId, readTime, readWord } from '../fields.ts'
import { readJsonObject } from '../read-json.ts'
import { type ParsedDelivery, UnreadableError } from '../receiver.ts'

/** The envelope all of SEON's webhooks share: `{event, timestamp|date, data}`, or the data beside the event. */
export interface SeonEvent {
  /** As sent. */
  event: string
  /** With `/` for `:`, which older webhooks use in its place. */
  name: string
  /** Epoch ms; null where SEON gives no time. */
  occurredAt: number | null
  /** Where fields are looked for, in this order: `data`, then the top level. */
  fields: readonly Fields[]
}

/** One event's words in ours. Never throws: what it does not find is absent. */
export type EventReader = (event: SeonEvent) => ReportDraft[]

function readEvent(body: Uint8Array): SeonEvent {
  const envelope = readJsonObject(body)
  const event = readWord(pick([envelope], 'event'))
  if (event === undefined) throw new UnreadableError('no_event')
  const data = pick([envelope], 'data')
  return {
    event,
    name: event.replaceAll(':', '/'),
    occurredAt: readTime(pick([envelope], 'timestamp', 'date')),
    fields: isFields(data) ? [data, envelope] : [envelope],
  }
}

/** The run an event says it belongs to. */
export function readExecutionId({ fields }: SeonEvent): string | undefined {
  return readId(pick(fields, 'executionId', 'execution_id', 'workflowExecutionId', 'workflow_execution_id'))
}

/** The `id` beside what the event tells: the run's, the session's or the transaction's, never an envelope's around `data`. */
export function readOwnId({ fields }: SeonEvent): string | undefined {
  return readId(pick(fields.slice(0, 1), 'id'))
}

export function readUserId({ fields }: SeonEvent): string | undefined {
  return readId(pick(fields, 'userId', 'user_id'))
}

/** SEON adds events without notice (API policy): they are filed where they say they belong, and move nothing. */
const readUnknownEvent: EventReader = (event) => {
  const isOfRun = event.name.startsWith('orchestration/')
  const runId = readExecutionId(event) ?? (isOfRun ? readOwnId(event) : undefined)
  return runId === undefined ? readUnknownOfUser(event) : [createUnknown(event, { type: 'run', id: runId })]
}

/** The same for a door whose vendor knows users and no runs. */
export const readUnknownOfUser: EventReader = (event) => {
  const id = readUserId(event)
  return [createUnknown(event, id === undefined ? null : { type: 'user', id })]
}

function createUnknown(event: SeonEvent, subject: Subject | null): ReportDraft {
  const userId = readUserId(event)
  return {
    kind: 'unrecognised',
    subject,
    event: event.event,
    occurredAt: event.occurredAt,
    ...(userId !== undefined && { userId }),
  }
}

/** Reads a delivery of one of SEON's doors: `readers` are the events that this door's signature may speak of. */
export function parseSeonDelivery(
  body: Uint8Array,
  readers: ReadonlyMap<string, EventReader>,
  readUnknown: EventReader = readUnknownEvent,
): ParsedDelivery {
  const event = readEvent(body)
  const read = readers.get(event.name)
  return { event: event.event, recognised: read !== undefined, reports: (read ?? readUnknown)(event) }
}

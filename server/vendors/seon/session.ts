import type { ReportDraft, Subject } from '../../verification/report.ts'
import { isFields, pick, pickFields, readId, readTime, readWord } from '../fields.ts'
import { readDuplicatesFound, readSeonChecks } from './checks.ts'
import { type EventReader, readExecutionId, readOwnId, readUserId, type SeonEvent } from './event.ts'
import { readSeonStatus } from './words.ts'

/**
 * An IDV session's result, camelCase (SDK readme 1.7) or snake_case (IDV guide), under `data` or at the top level. Of the
 * person nothing is taken but the user id: no name, birth date, document number or picture's address.
 */
function readSession(event: SeonEvent): ReportDraft[] {
  const { fields } = event
  const executionId = readExecutionId(event)
  const userId = readUserId(event) ?? readId(pick([pickFields(fields, 'user')], 'user_id', 'userId', 'id'))
  const subject = sessionSubject(
    readId(pick(fields, 'sessionId', 'session_id')) ?? readOwnId(event),
    executionId,
    userId,
  )
  const word = pick(fields, 'status', 'finalStatus', 'final_status', 'sessionStatus', 'session_status')
  const detail = readWord(word)
  const status = readSeonStatus(word)
  const steps = timesIn(pick(fields, 'timeline'))
  const startedAt = readTime(pick(fields, 'startedAt', 'started_at')) ?? earliest(steps)
  const finishedAt = readTime(pick(fields, 'finishedAt', 'finished_at'))
  const checks = readSeonChecks(fields)
  return [
    {
      kind: subject === null || status === undefined ? 'unrecognised' : 'report',
      subject,
      event: event.event,
      occurredAt: event.occurredAt ?? finishedAt,
      // A session's status is its own; where only its run or user is named it must not pass for theirs.
      ...(subject?.type === 'session' &&
        status !== undefined && { status, ...(event.name.endsWith('_updated') && { corrects: true }) }),
      ...(executionId !== undefined && { executionId }),
      ...(userId !== undefined && { userId }),
      ...(startedAt !== null && { startedAt }),
      ...(checks.length > 0 && { checks }),
      ...(detail !== undefined && { detail }),
      ...(readDuplicatesFound(fields) === true && { flags: ['duplicates_found'] }),
    },
  ]
}

function sessionSubject(sessionId?: string, executionId?: string, userId?: string): Subject | null {
  if (sessionId !== undefined) return { type: 'session', id: sessionId }
  if (executionId !== undefined) return { type: 'run', id: executionId }
  return userId === undefined ? null : { type: 'user', id: userId }
}

/** The older payload's `timeline`: a time a step, as a plain value or inside the step. */
function timesIn(timeline: unknown): number[] {
  if (!isFields(timeline) && !Array.isArray(timeline)) return []
  const steps: unknown[] = Object.values(timeline)
  return steps
    .flatMap((step): unknown[] => (isFields(step) ? Object.values(step) : [step]))
    .map(readTime)
    .filter((at) => at !== null)
}

function earliest(times: readonly number[]): number | null {
  return times.reduce<number | null>((first, at) => (first === null || at < first ? at : first), null)
}

/** IDV's events, current and older names alike once `:` is `/`. */
export const sessionReaders: ReadonlyMap<string, EventReader> = new Map([
  ['idv/session_finished', readSession],
  ['idv/session_status_updated', readSession],
])

import type { ReportDraft, Subject } from '../../verification/report.ts'
import { pick, pickFields, readId, readWord } from '../fields.ts'
import { type EventReader, readExecutionId, readOwnId, readUserId, type SeonEvent } from './event.ts'
import { readSeonStatus } from './words.ts'

/** `orchestration/workflow_execution_*`: the only events that move a run. They name no user (SDK readme 1.7). */
function readExecution(event: SeonEvent): ReportDraft[] {
  const id = readOwnId(event) ?? readExecutionId(event)
  const workflow = readId(pick([pickFields(event.fields, 'workflow')], 'id'))
  const word = pick(event.fields, 'status')
  const status = readSeonStatus(word)
  const detail = readWord(word)
  return [
    {
      kind: id === undefined || status === undefined ? 'unrecognised' : 'report',
      subject: id === undefined ? null : { type: 'run', id },
      event: event.event,
      occurredAt: event.occurredAt,
      ...(workflow !== undefined && { workflow }),
      ...(id !== undefined &&
        status !== undefined && { status, ...(event.name.endsWith('_updated') && { corrects: true }) }),
      ...(detail !== undefined && { detail }),
    },
  ]
}

/**
 * `transaction/processed`: sent after each step of a run and for other transactions of the account. Its payload is
 * undocumented: ids are looked for under every name SEON uses elsewhere, the state is shown and decides nothing.
 */
function readTransaction(event: SeonEvent): ReportDraft[] {
  const executionId = readExecutionId(event)
  const userId = readUserId(event)
  const transactionId = readId(pick(event.fields, 'transactionId', 'transaction_id')) ?? readOwnId(event)
  const detail = readWord(pick(event.fields, 'state', 'status'))
  return [
    {
      kind: 'report',
      subject: transactionSubject(transactionId, executionId, userId),
      event: event.event,
      occurredAt: event.occurredAt,
      ...(executionId !== undefined && { executionId }),
      ...(userId !== undefined && { userId }),
      ...(transactionId !== undefined && { transactionIds: [transactionId] }),
      ...(detail !== undefined && { detail }),
    },
  ]
}

function transactionSubject(transactionId?: string, executionId?: string, userId?: string): Subject | null {
  if (transactionId !== undefined) return { type: 'transaction', id: transactionId }
  if (executionId !== undefined) return { type: 'run', id: executionId }
  return userId === undefined ? null : { type: 'user', id: userId }
}

/** What a workflow's run tells of itself. */
export const workflowReaders: ReadonlyMap<string, EventReader> = new Map([
  ['orchestration/workflow_execution_finished', readExecution],
  ['orchestration/workflow_execution_updated', readExecution],
  ['transaction/processed', readTransaction],
])

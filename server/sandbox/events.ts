import type { Run } from './runs.ts'
import type { Webhook } from './webhooks/channel.ts'
import { VERDICTS } from './webhooks/idv-results.ts'
import {
  buildExecutionEvent,
  buildPing,
  buildSessionFinished,
  buildTransactionProcessed,
} from './webhooks/seon-events.ts'

/** An event that can be sent by hand. */
export interface SandboxEvent {
  /** What `--status` may say; the first is the default. */
  statuses: readonly string[]
  /** `findRun` makes a run up where there is none, so it is called only by events about one. */
  build(findRun: () => Run, askedStatus: string | undefined, at: number): Webhook
}

/** The status asked for does not exist; `message` says which do. */
export class UnknownStatusError extends Error {}

function define<Word extends string>(
  statuses: readonly [Word, ...Word[]],
  build: (run: Run, status: Word, at: number) => Webhook,
): SandboxEvent {
  return {
    statuses,
    build(findRun, asked, at) {
      const status = asked === undefined ? statuses[0] : statuses.find((word) => word === asked.toUpperCase())
      if (status === undefined) throw new UnknownStatusError(`Known statuses: ${statuses.join(', ')}.`)
      return build(findRun(), status, at)
    },
  }
}

/** Every event of every vendor by its own name. */
export const EVENTS: Readonly<Record<string, SandboxEvent>> = {
  ping: { statuses: [], build: () => buildPing() },
  'orchestration/workflow_execution_finished': define(
    ['APPROVED', 'REVIEW', 'DECLINED', 'ABANDONED', 'EXPIRED', 'ERROR', 'RUNNING', 'CREATED'],
    (run, status, at) => {
      run.status = status
      return buildExecutionEvent('finished', run, status, at)
    },
  ),
  'orchestration/workflow_execution_updated': define(
    ['DECLINED', 'APPROVED', 'REVIEW', 'ABANDONED', 'EXPIRED', 'ERROR', 'RUNNING', 'CREATED'],
    (run, status, at) => {
      run.status = status
      return buildExecutionEvent('updated', run, status, at)
    },
  ),
  'idv/session_finished': define(VERDICTS, (run, status, at) => buildSessionFinished('selfie', run, status, at)),
  'transaction/processed': define(VERDICTS, buildTransactionProcessed),
}

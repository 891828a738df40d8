import type { Source } from '../protocol.ts'
import type { Webhook } from './delivery/channel.ts'
import { type Interview, ONBOARDING_STATUSES, type Score } from './incode/interviews.ts'
import { buildAmlUpdate, buildListUpdate, buildTransactionUpdate } from './payloads/fraud-events.ts'
import { VERDICTS } from './payloads/idv-results.ts'
import { buildOnboardingStatus } from './payloads/incode-events.ts'
import { buildLegacySession } from './payloads/legacy-idv-events.ts'
import {
  buildExecutionEvent,
  buildPing,
  buildSessionFinished,
  buildTransactionProcessed,
} from './payloads/seon-events.ts'
import type { Run, RunStatus } from './runs.ts'

/** What an event can be about, found only when asked for: where there is none, one is made up. */
export interface EventContext {
  findRun: () => Run
  findInterview: () => Interview
  at: number
  /** Entries of a Fraud batch. */
  count: number
  /** What Incode's score says from now on. */
  score: Score | undefined
}

/** An event that can be sent by hand. */
export interface SandboxEvent {
  /** Whose it is: the door that it goes to unless another is asked for. */
  source: Source
  /** What `--status` may say; the first is the default. */
  statuses: readonly string[]
  build(context: EventContext, askedStatus: string | undefined): Webhook
}

/** The status asked for does not exist; `message` says which do. */
export class UnknownStatusError extends Error {}

function define<Word extends string>(
  source: Source,
  statuses: readonly [Word, ...Word[]],
  build: (context: EventContext, status: Word) => Webhook,
): SandboxEvent {
  return {
    source,
    statuses,
    build(context, asked) {
      const wanted = asked?.toLowerCase() ?? statuses[0].toLowerCase()
      const status = statuses.find((word) => word.toLowerCase() === wanted)
      if (status === undefined) throw new UnknownStatusError(`Known statuses: ${statuses.join(', ')}.`)
      return build(context, status)
    },
  }
}

function decide(run: Run, kind: 'finished' | 'updated', status: RunStatus, at: number): Webhook {
  run.status = status
  return buildExecutionEvent(kind, run, status, at)
}

const STATES = ['REVIEW', 'APPROVE', 'DECLINE'] as const
/** Statuses of AML monitoring other than `REOPENED` are not documented (SDK readme 1.7). */
const AML_STATUSES = ['REOPENED'] as const
const [, ...sentStatuses] = ONBOARDING_STATUSES

/** Every event of every vendor by its own name; Incode's has none, so it goes by the vendor's. */
export const EVENTS: Readonly<Record<string, SandboxEvent>> = {
  ping: { source: 'seon', statuses: [], build: () => buildPing() },
  'orchestration/workflow_execution_finished': define(
    'seon',
    ['APPROVED', 'REVIEW', 'DECLINED', 'ABANDONED', 'EXPIRED', 'ERROR', 'RUNNING', 'CREATED'],
    ({ findRun, at }, status) => decide(findRun(), 'finished', status, at),
  ),
  'orchestration/workflow_execution_updated': define(
    'seon',
    ['DECLINED', 'APPROVED', 'REVIEW', 'ABANDONED', 'EXPIRED', 'ERROR', 'RUNNING', 'CREATED'],
    ({ findRun, at }, status) => decide(findRun(), 'updated', status, at),
  ),
  'idv/session_finished': define('seon', VERDICTS, ({ findRun, at }, status) =>
    buildSessionFinished('selfie', findRun(), status, at),
  ),
  'transaction/processed': define('seon', VERDICTS, ({ findRun, at }, status) =>
    buildTransactionProcessed(findRun(), status, at),
  ),
  'idv:session_finished': define('seon-idv', VERDICTS, ({ findRun, at }, status) =>
    buildLegacySession('finished', findRun(), status, at),
  ),
  'idv:session_status_updated': define('seon-idv', VERDICTS, ({ findRun, at }, status) =>
    buildLegacySession('status_updated', findRun(), status, at),
  ),
  'transaction:status_update': define('seon-fraud', STATES, ({ findRun, at, count }, state) =>
    buildTransactionUpdate(findRun(), state, at, count),
  ),
  'lists:blacklist-whitelist': define(
    'seon-fraud',
    ['blacklist', 'whitelist', 'normal'],
    ({ findRun, at, count }, state) => buildListUpdate('blacklist-whitelist', findRun(), state, at, count),
  ),
  'lists:customlist': define('seon-fraud', ['watchlist', 'vip_list'], ({ findRun, at, count }, state) =>
    buildListUpdate('customlist', findRun(), state, at, count),
  ),
  'aml:person_updates': define('seon-fraud', AML_STATUSES, ({ findRun, at, count }, status) =>
    buildAmlUpdate('person', findRun(), status, at, count),
  ),
  'aml:entity_updates': define('seon-fraud', AML_STATUSES, ({ findRun, at, count }, status) =>
    buildAmlUpdate('entity', findRun(), status, at, count),
  ),
  incode: define('incode', sentStatuses, ({ findInterview, score }, status) => {
    const interview = findInterview()
    interview.status = status
    interview.score = score ?? interview.score
    return buildOnboardingStatus(interview, status)
  }),
}

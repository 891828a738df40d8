import type { Execution, Fact, Init, Interview, Session, Step } from './facts.ts'
import { T0 } from './histories.ts'

/** What may come in any order, and where each verification then ends. */
export interface Sequence {
  what: string
  facts: readonly Fact[]
  /** Vendor id → status. */
  ends: Readonly<Record<string, string>>
}

const WORKFLOW = '11111111-2222-4333-8444-555555555555'
const WEEK_MS = 7 * 24 * 3600_000
const at = (seconds: number) => T0 + seconds * 1000

const init = (run: string, seconds: number, more: Partial<Init> = {}): Init => ({
  kind: 'init',
  run,
  user: 'ada',
  workflow: WORKFLOW,
  transaction: null,
  at: at(seconds),
  ...more,
})
const execution = (run: string, status: string, seconds: number | null, more: Partial<Execution> = {}): Execution => ({
  kind: 'execution',
  run,
  name: 'finished',
  status,
  workflow: WORKFLOW,
  time: seconds === null ? null : at(seconds),
  ...more,
})
const session = (id: string, status: string, seconds: number | null, more: Partial<Session> = {}): Session => ({
  kind: 'session',
  session: id,
  name: 'session_finished',
  legacy: false,
  status,
  run: null,
  user: null,
  startedAt: null,
  time: seconds === null ? null : at(seconds),
  document: 'PASS',
  liveness: null,
  duplicates: null,
  ...more,
})
const step = (more: Partial<Step>): Step => ({
  kind: 'step',
  run: null,
  user: null,
  transaction: null,
  time: null,
  ...more,
})
const interview = (status: string): Interview => ({
  kind: 'interview',
  interview: 'int',
  status,
  user: 'ada',
  flow: 'flow-1',
})
const updated = { name: 'updated' } as const
const statusUpdated = { name: 'session_status_updated' } as const

export const SEQUENCES: readonly Sequence[] = [
  {
    what: 'a SEON run with hints, a review, and two corrections in one second',
    facts: [
      init('run', 0),
      { kind: 'hint', run: 'run', hint: 'started' },
      { kind: 'hint', run: 'run', hint: 'completed' },
      execution('run', 'REVIEW', 5),
      execution('run', 'APPROVED', 6, updated),
      execution('run', 'DECLINED', 6, updated),
    ],
    ends: { run: 'declined' },
  },
  {
    what: 'a SEON run whose finish and correction carry one time, or none',
    facts: [
      execution('run', 'DECLINED', 5),
      execution('run', 'APPROVED', 5, updated),
      execution('late', 'DECLINED', null),
      execution('late', 'APPROVED', null, updated),
      execution('late', 'RUNNING', 9),
    ],
    ends: { run: 'approved', late: 'approved' },
  },
  {
    what: 'a run whose session names it and is then declined, while the run approves',
    facts: [
      init('run', 0),
      session('ses', 'APPROVED', 3, { run: 'run', user: 'ada', startedAt: at(1) }),
      session('ses', 'DECLINED', 4, { ...statusUpdated, document: 'FAIL' }),
      execution('run', 'APPROVED', 5),
      step({ run: 'run', transaction: 'tx', time: at(2) }),
      { kind: 'transaction', transaction: 'tx', state: 'DECLINE', environment: 'sandbox', time: at(6) },
    ],
    ends: { run: 'approved' },
  },
  {
    what: 'sessions that join the newest of two runs by user and time, and one that comes too late',
    facts: [
      init('first', 0),
      init('second', 10),
      session('early', 'APPROVED', 8, { user: 'ada', startedAt: at(5) }),
      session('later', 'DECLINED', 25, { user: 'ada', startedAt: null }),
      session('much-later', 'APPROVED', 99, { user: 'ada', startedAt: at(10) + WEEK_MS + 1, legacy: true }),
      execution('second', 'APPROVED', 30),
    ],
    ends: { first: 'created', second: 'approved', 'much-later': 'approved' },
  },
  {
    what: 'runs that this server never started, one of which turns out to be somebody else’s',
    facts: [
      execution('run', 'APPROVED', 9),
      session('named', 'APPROVED', 3, { run: 'run', user: 'ada', startedAt: at(1) }),
      session('joined', 'DECLINED', 4, { user: 'ada', startedAt: at(2) }),
      step({ run: 'run', user: 'bo', time: at(7) }),
      session('other', 'REVIEW', 8, { user: 'bo', startedAt: at(6) }),
    ],
    ends: { run: 'approved', joined: 'declined' },
  },
  {
    what: 'a session that is said to belong to one run and then to another',
    facts: [
      session('ses', 'APPROVED', 3, { run: 'before', user: 'ada', startedAt: at(1) }),
      session('ses', 'APPROVED', 4, { ...statusUpdated, run: 'after' }),
      session('joined', 'DECLINED', 5, { user: 'ada', startedAt: at(2) }),
      execution('after', 'DECLINED', 9),
    ],
    ends: { after: 'declined' },
  },
  {
    what: 'a standalone IDV session, older and newer form, some without a time',
    facts: [
      session('ses', 'RUNNING', 1, { user: 'ada' }),
      session('ses', 'DECLINED', 5, { legacy: true, document: 'FAIL' }),
      session('ses', 'APPROVED', 5, statusUpdated),
      session('ses', 'ERROR', null, statusUpdated),
      session('ses', 'APPROVED', 5, { duplicates: true, liveness: 'FAIL' }),
    ],
    ends: { ses: 'approved' },
  },
  {
    what: 'an Incode interview that is approved by hand and rejected by hand',
    facts: [
      interview('ID_VALIDATION_FINISHED'),
      interview('POST_PROCESSING_FINISHED'),
      interview('ONBOARDING_FINISHED'),
      interview('MANUAL_REVIEW_APPROVED'),
      interview('MANUAL_REVIEW_REJECTED'),
      interview('EXPIRED'),
    ],
    ends: { int: 'review' },
  },
  {
    what: 'an Incode interview that is rejected by hand',
    facts: [
      interview('ID_VALIDATION_FINISHED'),
      interview('FACE_VALIDATION_FINISHED'),
      interview('ONBOARDING_FINISHED'),
      interview('MANUAL_REVIEW_REJECTED'),
      interview('NEW_WORD'),
    ],
    ends: { int: 'declined' },
  },
  {
    what: 'what Fraud says of a user with two runs, and of their transactions',
    facts: [
      init('first', 0, { transaction: 'tx' }),
      init('second', 10),
      { kind: 'aml', user: 'ada', status: 'REOPENED', changes: ['pep'], environment: 'sandbox', time: at(50) },
      { kind: 'aml', user: 'ada', status: 'REOPENED', changes: ['crimelist'], environment: 'live', time: at(51) },
      { kind: 'transaction', transaction: 'tx', state: 'DECLINE', environment: 'sandbox', time: at(52) },
      step({ user: 'ada', transaction: 'tx-2', time: at(53) }),
    ],
    ends: { first: 'created', second: 'created' },
  },
]

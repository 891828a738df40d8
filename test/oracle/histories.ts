import * as fc from 'fast-check'
import type { Fact } from './facts.ts'

// Random histories from small vocabularies, so that everything collides: users, runs, sessions, seconds.

export const T0 = Date.parse('2026-11-01T10:00:00.000Z')
const SECOND = 1000
const DAY = 24 * 3600 * SECOND

const USERS = ['ada', 'bo']
const RUNS = ['run-1', 'run-2', 'run-3']
const SESSIONS = ['ses-1', 'ses-2', 'ses-3']
const INTERVIEWS = ['int-1', 'int-2']
const TRANSACTIONS = ['tx-1', 'tx-2']
const WORKFLOWS = ['11111111-2222-4333-8444-555555555555', '66666666-2222-4333-8444-555555555555']

const seconds = fc.integer({ min: 0, max: 6 }).map((second) => T0 + second * SECOND)
/** Mostly the same few seconds; sometimes a week away, to either side of the join window's edge. */
const instant = fc.oneof(
  { weight: 8, arbitrary: seconds },
  { weight: 1, arbitrary: seconds.map((at) => at + 7 * DAY) },
  { weight: 1, arbitrary: seconds.map((at) => at - DAY) },
)
const time = fc.option(instant, { freq: 6 })
const user = fc.constantFrom(...USERS)
const run = fc.constantFrom(...RUNS)
const transaction = fc.constantFrom(...TRANSACTIONS)
const environment = fc.constantFrom('sandbox' as const, 'sandbox' as const, 'live' as const)
const result = fc.option(fc.constantFrom('PASS', 'PASSED', 'REVIEW', 'FAIL', 'NOT_PERFORMED', 'NEW_WORD'), { freq: 2 })
const seonStatus = fc.constantFrom(
  'RUNNING',
  'APPROVED',
  'REVIEW',
  'DECLINED',
  'EXPIRED',
  'ABANDONED',
  'ERROR',
  'NEW_WORD',
)

const init = fc.record({
  kind: fc.constant('init' as const),
  run,
  user,
  workflow: fc.constantFrom(...WORKFLOWS),
  transaction: fc.option(transaction, { freq: 2 }),
  at: instant,
})

const hint = fc.record({
  kind: fc.constant('hint' as const),
  run,
  hint: fc.constantFrom('opened', 'started', 'completed', 'cancelled', 'error', 'closed'),
})

const execution = fc.record({
  kind: fc.constant('execution' as const),
  run,
  name: fc.constantFrom('finished', 'updated'),
  status: seonStatus,
  workflow: fc.option(fc.constantFrom(...WORKFLOWS), { freq: 4 }),
  time,
})

const session = fc.record({
  kind: fc.constant('session' as const),
  session: fc.constantFrom(...SESSIONS),
  name: fc.constantFrom('session_finished', 'session_status_updated'),
  legacy: fc.boolean(),
  status: seonStatus,
  run: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, run),
  user: fc.option(user, { freq: 4 }),
  startedAt: fc.option(instant, { freq: 2 }),
  time,
  document: result,
  liveness: result,
  duplicates: fc.option(fc.boolean(), { freq: 1 }),
})

const step = fc.record({
  kind: fc.constant('step' as const),
  run: fc.option(run, { freq: 2 }),
  user: fc.option(user, { freq: 2 }),
  transaction: fc.option(transaction, { freq: 2 }),
  time,
})

const aml = fc.record({
  kind: fc.constant('aml' as const),
  user,
  status: fc.constantFrom('REOPENED', 'NEW_WORD'),
  changes: fc.subarray(['pep', 'sanctionlist']),
  environment,
  time,
})

const update = fc.record({
  kind: fc.constant('transaction' as const),
  transaction,
  state: fc.constantFrom('APPROVE', 'DECLINE', 'NEW_WORD'),
  environment,
  time,
})

const interview = fc.record({
  kind: fc.constant('interview' as const),
  interview: fc.constantFrom(...INTERVIEWS),
  status: fc.constantFrom(
    'ID_VALIDATION_FINISHED',
    'FACE_VALIDATION_FINISHED',
    'POST_PROCESSING_FINISHED',
    'ONBOARDING_FINISHED',
    'MANUAL_REVIEW_APPROVED',
    'MANUAL_REVIEW_REJECTED',
    'EXPIRED',
    'NEW_WORD',
  ),
  user: fc.option(user, { freq: 2 }),
  flow: fc.option(fc.constantFrom('flow-1', 'flow-2'), { freq: 1 }),
})

const fact: fc.Arbitrary<Fact> = fc.oneof(
  { weight: 2, arbitrary: init },
  { weight: 3, arbitrary: hint },
  { weight: 5, arbitrary: execution },
  { weight: 6, arbitrary: session },
  { weight: 2, arbitrary: step },
  { weight: 1, arbitrary: aml },
  { weight: 1, arbitrary: update },
  { weight: 3, arbitrary: interview },
)

/** One thing that reaches the server. `pause`: it processes what it has before it hears the next. */
export interface Heard {
  fact: Fact
  pause: boolean
}

const MAX_EVENTS = 50

/** Deliveries come in handfuls; a pause after each would be another order, not another test. */
const pause = fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) })

/** Where among the events before it the first copy of a repeated one stands. */
const again = fc.oneof(
  { weight: 4, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
)

/**
 * Up to 50 events in the order of their arrival, which has nothing to do with their times; about one in five is sent
 * again, sooner or later. A run is started once, and its hints come after its start, as their token does.
 */
export const histories: fc.Arbitrary<Heard[]> = fc
  .array(fc.record({ fact, pause, again }), {
    minLength: 1,
    maxLength: MAX_EVENTS,
    size: 'max',
  })
  .map((drawn) => {
    const started = new Set<string>()
    const heard: Heard[] = []
    for (const { fact: said, pause, again } of drawn) {
      if (said.kind === 'init' && started.has(said.run)) continue
      if (said.kind === 'init') started.add(said.run)
      heard.push({ fact: said, pause })
      if (again !== null && said.kind !== 'init' && heard.length < MAX_EVENTS) {
        // An earlier copy: what stands here is then the redelivery.
        heard.splice(Math.floor(again * heard.length), 0, { fact: said, pause: false })
      }
    }
    return hintsAfterStarts(heard.slice(0, MAX_EVENTS))
  })

/** Hints of runs that this server never started cannot be. */
export function hintsAfterStarts(heard: readonly Heard[]): Heard[] {
  const startOf = new Map(heard.flatMap(({ fact: said }, index) => (said.kind === 'init' ? [[said.run, index]] : [])))
  return heard.filter(({ fact: said }, index) => said.kind !== 'hint' || (startOf.get(said.run) ?? Infinity) < index)
}

/** The same history among names of its own, so that many fit into one store without meeting. */
export function renamed(heard: readonly Heard[], prefix: string): Heard[] {
  const FIELDS = ['run', 'user', 'session', 'transaction', 'interview'] as const
  return heard.map(({ fact: said, pause }) => {
    const names = FIELDS.flatMap((field) => {
      const value: unknown = Reflect.get(said, field)
      return typeof value === 'string' ? [[field, `${prefix}${value}`]] : []
    })
    return { pause, fact: { ...said, ...Object.fromEntries(names) } }
  })
}

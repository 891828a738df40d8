import type { Arrival, Environment, Fact, Interview, Session, Step, TransactionUpdate } from './facts.ts'

// The state that a set of arrivals must end in, whatever order they came in: the rules of status written down a
// second time, without a line of the server's. Slow and plain on purpose.

export type OracleVendor = 'seon' | 'seon-idv' | 'incode'

export interface ExpectedCheck {
  group: string
  name: string
  result: string
}

export interface Expected {
  vendor: OracleVendor
  vendorId: string
  status: string
  decidedAt: number | null
  userId: string | null
  workflow: string | null
  createdAt: number
  checks: ExpectedCheck[]
  flags: string[]
  /** What is the verification's own: what it is folded from, but for what is said of its user and transactions. */
  own: Arrival[]
  /** What is said elsewhere of its user and its transactions. */
  linked: Arrival[]
}

const WEEK = 7 * 24 * 3600_000

const RANKS = ['created', 'started', 'processing', 'cancelled', 'submitted', 'finished', 'decided']
/** The first beats those that follow, at the same time. */
const CAREFUL = ['declined', 'error', 'expired', 'abandoned', 'review', 'approved']

const SEON_WORDS: Readonly<Record<string, string>> = {
  RUNNING: 'started',
  APPROVED: 'approved',
  REVIEW: 'review',
  DECLINED: 'declined',
  EXPIRED: 'expired',
  ABANDONED: 'abandoned',
  ERROR: 'error',
}

const INCODE_WORDS: Readonly<Record<string, string>> = {
  ID_VALIDATION_FINISHED: 'processing',
  FACE_VALIDATION_FINISHED: 'processing',
  POST_PROCESSING_FINISHED: 'processing',
  ONBOARDING_FINISHED: 'finished',
  MANUAL_REVIEW_APPROVED: 'approved',
  MANUAL_REVIEW_REJECTED: 'declined',
  EXPIRED: 'expired',
}

const HINT_WORDS: Readonly<Record<string, string>> = {
  started: 'started',
  completed: 'submitted',
  cancelled: 'cancelled',
}

const RESULT_WORDS: Readonly<Record<string, string>> = {
  PASS: 'pass',
  PASSED: 'pass',
  REVIEW: 'review',
  FAIL: 'fail',
  NOT_PERFORMED: 'not_performed',
}
/** Of two results of one check at the same time, the one that comes first here stands. */
const WORSE_FIRST = ['fail', 'review', 'pass', 'unknown', 'not_performed']

interface Claim {
  status: string
  time: number | null
  corrects: boolean
  receivedAt: number
}

const isDecision = (status: string) => CAREFUL.includes(status)
const rank = (status: string) => RANKS.indexOf(isDecision(status) ? 'decided' : status)
const timeOf = (time: number | null) => (time === null ? -Infinity : time)

/** Whether `a` stands against `b`. */
function beats(a: Claim, b: Claim): boolean {
  if (rank(a.status) !== rank(b.status)) return rank(a.status) > rank(b.status)
  if (isDecision(a.status)) {
    if (timeOf(a.time) !== timeOf(b.time)) return timeOf(a.time) > timeOf(b.time)
    if (a.corrects !== b.corrects) return a.corrects
    if (a.status !== b.status) return CAREFUL.indexOf(a.status) < CAREFUL.indexOf(b.status)
  }
  // They say the same: what was heard first is when it was known.
  return a.receivedAt < b.receivedAt
}

function strongest(claims: readonly Claim[]): Claim | undefined {
  return claims.find((claim) => claims.every((other) => other === claim || !beats(other, claim)))
}

function claimsOf(arrivals: readonly Arrival[]): Claim[] {
  return arrivals.flatMap(({ fact, receivedAt }): Claim[] => {
    const claim = (status: string | undefined, time: number | null, corrects = false) =>
      status === undefined ? [] : [{ status, time, corrects, receivedAt }]
    switch (fact.kind) {
      case 'hint':
        return claim(HINT_WORDS[fact.hint], null)
      case 'execution':
        return claim(SEON_WORDS[fact.status], fact.time, fact.name === 'updated')
      case 'session':
        return claim(SEON_WORDS[fact.status], fact.time, fact.name === 'session_status_updated')
      case 'interview':
        return claim(INCODE_WORDS[fact.status], null)
      case 'init':
      case 'step':
      case 'aml':
      case 'transaction':
        return []
      default:
        return fact satisfies never
    }
  })
}

/** Of what several facts say about one thing, the latest holds; at the same time the greater value. */
function latest(said: readonly { time: number | null; value: string | null }[]): string | null {
  const values = said.flatMap(({ time, value }) => (value === null ? [] : [{ time: timeOf(time), value }]))
  const newest = Math.max(...values.map(({ time }) => time))
  return (
    values
      .filter(({ time }) => time === newest)
      .map(({ value }) => value)
      .toSorted()
      .at(-1) ?? null
  )
}

const earliest = (times: readonly (number | null)[]): number | null => {
  const known = times.filter((time) => time !== null)
  return known.length === 0 ? null : Math.min(...known)
}

type Of<F extends Fact> = { fact: F; receivedAt: number }

function pick<K extends Fact['kind']>(arrivals: readonly Arrival[], kind: K): Of<Extract<Fact, { kind: K }>>[] {
  const isKind = (arrival: Arrival): arrival is Of<Extract<Fact, { kind: K }>> => arrival.fact.kind === kind
  return arrivals.filter(isKind)
}

/** Everything said of one IDV session. */
interface SessionFamily {
  id: string
  arrivals: Of<Session>[]
  run: string | null
  user: string | null
  /** Its `startedAt`, else its timestamp. */
  began: number | null
}

function toFamilies(arrivals: readonly Arrival[]): SessionFamily[] {
  const byId = Map.groupBy(pick(arrivals, 'session'), ({ fact }) => fact.session)
  return [...byId].map(([id, members]) => {
    const facts = members.map(({ fact }) => fact)
    return {
      id,
      arrivals: members,
      run: latest(facts.map(({ time, run }) => ({ time, value: run }))),
      user: latest(facts.map(({ time, user }) => ({ time, value: user }))),
      began: earliest(facts.map(({ startedAt }) => startedAt)) ?? earliest(facts.map(({ time }) => time)),
    }
  })
}

interface Run {
  id: string
  user: string | null
  createdAt: number
  /** What names the run, and the sessions that do. */
  about: Arrival[]
}

/** Everything said of one transaction: the run that any of it names, where any does. */
interface TransactionFamily {
  arrivals: Arrival[]
  run: string | null
}

function toTransactions(arrivals: readonly Arrival[], environment: Environment): TransactionFamily[] {
  const steps = pick(arrivals, 'step')
  const updates = pick(arrivals, 'transaction').filter(({ fact }) => fact.environment === environment)
  const byId = Map.groupBy<string | null, Of<Step> | Of<TransactionUpdate>>(
    [...steps, ...updates],
    ({ fact }) => fact.transaction,
  )
  byId.delete(null)
  return [...byId.values()].map((members) => ({
    arrivals: members,
    run: latest(members.map(({ fact }) => ({ time: fact.time, value: 'run' in fact ? fact.run : null }))),
  }))
}

/** The run that a fact itself is about; sessions and transactions are about theirs as families. */
function runOf(fact: Fact): string | null {
  if (fact.kind === 'step') return fact.transaction === null ? fact.run : null
  return 'run' in fact && fact.kind !== 'session' ? fact.run : null
}

interface Family {
  run: string | null
  arrivals: Arrival[]
}

function toRuns(arrivals: readonly Arrival[], families: readonly Family[]): Run[] {
  const named = arrivals.flatMap(({ fact }) => runOf(fact) ?? [])
  const ids = new Set([...named, ...families.flatMap(({ run }) => run ?? [])])
  return [...ids].map((id) => {
    const about = [
      ...arrivals.filter(({ fact }) => runOf(fact) === id),
      ...families.filter(({ run }) => run === id).flatMap((family) => family.arrivals),
    ]
    return { id, about, ...whoseAndSince(about) }
  })
}

/** Our own start knows whose a run is and since when; without it, what vendors said. */
function whoseAndSince(about: readonly Arrival[]): { user: string | null; createdAt: number } {
  const inits = pick(about, 'init').map(({ fact }) => fact)
  const users = about.map(({ fact }) => ({ time: 'time' in fact ? fact.time : null, value: userOf(fact) }))
  const vendorTimes = about.map(({ fact }) => {
    if (fact.kind === 'session') return fact.startedAt ?? fact.time
    return 'time' in fact ? fact.time : null
  })
  const heard = Math.min(...about.map(({ receivedAt }) => receivedAt))
  return {
    user: inits[0]?.user ?? latest(users),
    createdAt: earliest(inits.map(({ at }) => at)) ?? earliest(vendorTimes) ?? heard,
  }
}

/** The newest run of that user created before the session began, at most seven days earlier. */
function joinedRun(family: SessionFamily, runs: readonly Run[], idOf: IdOf): string | null {
  if (family.run !== null) return family.run
  const { user, began } = family
  if (user === null || began === null) return null
  const [newest] = runs
    .filter((run) => run.user === user && run.createdAt <= began && run.createdAt >= began - WEEK)
    // The text does not say which of two runs of the same instant is newer: the server takes the greater id.
    .toSorted((a, b) => b.createdAt - a.createdAt || (idOf('seon', a.id) < idOf('seon', b.id) ? 1 : -1))
  return newest?.id ?? null
}

function checksOf(arrivals: readonly Arrival[]): ExpectedCheck[] {
  interface Found extends ExpectedCheck {
    subject: string
    time: number
  }
  const found = arrivals.flatMap(({ fact }): Found[] => {
    if (fact.kind === 'aml') {
      const result = fact.status === 'REOPENED' ? 'review' : 'unknown'
      const of = { subject: `user ${fact.user}`, time: timeOf(fact.time), group: 'aml', result }
      return fact.changes.map((name) => ({ ...of, name }))
    }
    if (fact.kind !== 'session') return []
    const of = { subject: `session ${fact.session}`, time: timeOf(fact.time), name: 'overall' }
    const read = (group: string, word: string | null) =>
      word === null ? [] : [{ ...of, group, result: RESULT_WORDS[word] ?? 'unknown' }]
    const duplicates = fact.duplicates === null ? null : fact.duplicates ? 'REVIEW' : 'PASS'
    return [...read('document', fact.document), ...read('liveness', fact.liveness), ...read('duplicates', duplicates)]
  })
  const byCheck = Map.groupBy(found, ({ subject, group, name }) => `${subject} ${group} ${name}`)
  return [...byCheck.values()].map((results) => {
    const newest = Math.max(...results.map(({ time }) => time))
    const [first] = results
      .filter(({ time }) => time === newest)
      .toSorted((a, b) => WORSE_FIRST.indexOf(a.result) - WORSE_FIRST.indexOf(b.result))
    if (first === undefined) throw new Error('a check without results')
    return { group: first.group, name: first.name, result: first.result }
  })
}

function flagsOf(arrivals: readonly Arrival[]): Set<string> {
  const flags = new Set<string>()
  for (const { fact } of arrivals) {
    if (fact.kind === 'session' && fact.duplicates === true) flags.add('duplicates_found')
    if (fact.kind === 'aml' && fact.status === 'REOPENED') flags.add('aml_reopened')
  }
  return flags
}

/** What is said of users and transactions that belong to no run. */
function toHomeless(
  arrivals: readonly Arrival[],
  transactions: readonly TransactionFamily[],
  environment: Environment,
): Arrival[] {
  const ofUsers = arrivals.filter(({ fact }) => {
    if (fact.kind === 'aml') return fact.environment === environment
    return fact.kind === 'step' && fact.run === null && fact.transaction === null && fact.user !== null
  })
  return [...ofUsers, ...transactions.filter(({ run }) => run === null).flatMap((family) => family.arrivals)]
}

const userOf = (fact: Fact): string | null => ('user' in fact ? fact.user : null)
const transactionOf = (fact: Fact): string | null => ('transaction' in fact ? fact.transaction : null)

/** It reaches every verification of the user it names, and of the transactions named by that verification or its user. */
function linkedTo(homeless: readonly Arrival[], user: string | null, own: readonly Arrival[]): Arrival[] {
  const ofUser = homeless.filter(({ fact }) => user !== null && userOf(fact) === user)
  const transactions = new Set([...own, ...ofUser].flatMap(({ fact }) => transactionOf(fact) ?? []))
  return homeless.filter((arrival) => ofUser.includes(arrival) || transactions.has(transactionOf(arrival.fact) ?? ''))
}

function decide(vendor: OracleVendor, moving: readonly Arrival[]): { claim: Claim | undefined; contradicts: boolean } {
  const claims = claimsOf(moving)
  const claim = strongest(claims)
  const words = new Set(pick(moving, 'interview').map(({ fact }: Of<Interview>) => fact.status))
  const contradicts = vendor === 'incode' && words.has('MANUAL_REVIEW_APPROVED') && words.has('MANUAL_REVIEW_REJECTED')
  return contradicts && claim !== undefined
    ? { claim: { ...claim, status: 'review' }, contradicts }
    : { claim, contradicts: false }
}

export type IdOf = (vendor: OracleVendor, vendorId: string) => string

/** Where arrivals of one environment end. `idOf` only breaks a tie that the text leaves open. */
export function expectStates(arrivals: readonly Arrival[], idOf: IdOf, environment: Environment): Expected[] {
  const families = toFamilies(arrivals)
  const transactions = toTransactions(arrivals, environment)
  const homeless = toHomeless(arrivals, transactions, environment)
  const runs = toRuns(arrivals, [...families, ...transactions])
  const homes = new Map(families.map((family) => [family, joinedRun(family, runs, idOf)]))
  const states: Expected[] = []

  const add = (
    vendor: OracleVendor,
    vendorId: string,
    facts: { own: Arrival[]; moving: Arrival[]; user: string | null; createdAt: number; workflow: string | null },
  ) => {
    const { own, moving, user } = facts
    const linked = linkedTo(homeless, user, own)
    const { claim, contradicts } = decide(vendor, moving)
    const status = claim?.status ?? 'created'
    const flags = flagsOf([...own, ...linked])
    if (contradicts || (vendor === 'seon' && status === 'approved' && hasDeclinedSession(own)))
      flags.add('contradiction')
    const isFinal = claim !== undefined && isDecision(status) && status !== 'review'
    states.push({
      vendor,
      vendorId,
      status,
      decidedAt: isFinal ? (claim.time ?? claim.receivedAt) : null,
      userId: user,
      workflow: facts.workflow,
      createdAt: facts.createdAt,
      checks: sortChecks(checksOf([...own, ...linked])),
      flags: [...flags].toSorted(),
      own,
      linked,
    })
  }

  for (const run of runs) {
    const joined = families.filter((family) => family.run === null && homes.get(family) === run.id)
    const [init] = pick(run.about, 'init')
    const said = pick(run.about, 'execution').map(({ fact }) => ({ time: fact.time, value: fact.workflow }))
    add('seon', run.id, {
      own: [...run.about, ...joined.flatMap((family) => family.arrivals)],
      // Only orchestration and our own hints move a run.
      moving: run.about.filter(({ fact }) => fact.kind === 'execution' || fact.kind === 'hint'),
      user: run.user,
      createdAt: run.createdAt,
      workflow: init?.fact.workflow ?? latest(said),
    })
  }
  for (const family of families) {
    if (homes.get(family) !== null) continue
    const { user, createdAt } = whoseAndSince(family.arrivals)
    add('seon-idv', family.id, { own: family.arrivals, moving: family.arrivals, user, createdAt, workflow: null })
  }
  for (const [interview, own] of Map.groupBy(pick(arrivals, 'interview'), ({ fact }) => fact.interview)) {
    const facts = own.map(({ fact }) => fact)
    add('incode', interview, {
      own,
      moving: own,
      user: latest(facts.map(({ user }) => ({ time: null, value: user }))),
      createdAt: Math.min(...own.map(({ receivedAt }) => receivedAt)),
      workflow: latest(facts.map(({ flow }) => ({ time: null, value: flow }))),
    })
  }
  return states
}

function hasDeclinedSession(own: readonly Arrival[]): boolean {
  const sessions = Map.groupBy(pick(own, 'session'), ({ fact }) => fact.session)
  return [...sessions.values()].some((arrivals) => strongest(claimsOf(arrivals))?.status === 'declined')
}

export function sortChecks(checks: readonly ExpectedCheck[]): ExpectedCheck[] {
  const key = ({ group, name, result }: ExpectedCheck) => `${group} ${name} ${result}`
  return checks.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
}

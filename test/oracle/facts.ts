import { createHmac } from 'node:crypto'

// What can happen to verifications, in the vendors' own words. The server reads it as signed bodies (`toDelivery`), the
// oracle reads it as it is: neither learns from the other what it means.

export type Source = 'seon' | 'seon-idv' | 'seon-fraud' | 'incode'
export type Environment = 'sandbox' | 'live'

/** This server started a run. `at` in epoch ms, like every time here. */
export interface Init {
  kind: 'init'
  run: string
  user: string
  workflow: string
  transaction: string | null
  at: number
}

/** A visitor's browser said so. */
export interface Hint {
  kind: 'hint'
  run: string
  hint: 'opened' | 'started' | 'completed' | 'cancelled' | 'error' | 'closed'
}

/** `orchestration/workflow_execution_<name>` */
export interface Execution {
  kind: 'execution'
  run: string
  name: 'finished' | 'updated'
  status: string
  workflow: string | null
  time: number | null
}

/** `idv/session_finished` and its kin; `legacy` is the older, flat, snake_case form. */
export interface Session {
  kind: 'session'
  session: string
  name: 'session_finished' | 'session_status_updated'
  legacy: boolean
  status: string
  run: string | null
  user: string | null
  startedAt: number | null
  time: number | null
  document: string | null
  liveness: string | null
  duplicates: boolean | null
}

/** `transaction/processed`: a step of a run, or something else of the account. */
export interface Step {
  kind: 'step'
  run: string | null
  user: string | null
  transaction: string | null
  time: number | null
}

/** `aml:person_updates` with one entry. */
export interface Aml {
  kind: 'aml'
  user: string
  status: string
  changes: string[]
  environment: Environment
  time: number | null
}

/** `transaction:status_update` with one entry. */
export interface TransactionUpdate {
  kind: 'transaction'
  transaction: string
  state: string
  environment: Environment
  time: number | null
}

/** Incode's onboarding status webhook. */
export interface Interview {
  kind: 'interview'
  interview: string
  status: string
  user: string | null
  flow: string | null
}

/** What arrives signed at a webhook door. */
export type VendorFact = Execution | Session | Step | Aml | TransactionUpdate | Interview
export type Fact = Init | Hint | VendorFact

/** A fact and when this server first heard of it. */
export interface Arrival {
  fact: Fact
  receivedAt: number
}

export const SECRETS = {
  seon: 'whsec_of-the-oracle',
  fraud: { sandbox: 'licence-of-the-sandbox', live: 'licence-of-the-live-account' },
  incode: { name: 'x-incode-secret', value: 'a-long-and-random-header' },
} as const

export interface Delivery {
  source: Source
  body: Buffer
  /** Name and value in turn. */
  headers: string[]
}

/** The bytes and headers that a vendor would post. */
export function toDelivery(fact: VendorFact): Delivery {
  const { source, body } = encode(fact)
  return { source, body, headers: signedHeaders(fact, source, body) }
}

/** The bytes alone. */
export function encode(fact: VendorFact): { source: Source; body: Buffer } {
  return { source: sourceOf(fact), body: Buffer.from(JSON.stringify(toBody(fact))) }
}

function sourceOf(fact: VendorFact): Source {
  switch (fact.kind) {
    case 'execution':
    case 'step':
      return 'seon'
    case 'session':
      return fact.legacy ? 'seon-idv' : 'seon'
    case 'aml':
    case 'transaction':
      return 'seon-fraud'
    case 'interview':
      return 'incode'
    default:
      return fact satisfies never
  }
}

function signedHeaders(fact: VendorFact, source: Source, body: Buffer): string[] {
  const hmac = (key: string) => createHmac('sha256', key).update(body).digest()
  if (source === 'incode') return [SECRETS.incode.name, SECRETS.incode.value]
  if (fact.kind === 'aml' || fact.kind === 'transaction') {
    return ['Digest', `SHA-256=${hmac(SECRETS.fraud[fact.environment]).toString('base64')}`]
  }
  return ['SEON-Signature', hmac(SECRETS.seon).toString('hex')]
}

function toBody(fact: VendorFact): unknown {
  switch (fact.kind) {
    case 'execution':
      return {
        event: `orchestration/workflow_execution_${fact.name}`,
        ...timed('timestamp', fact.time),
        data: {
          id: fact.run,
          ...(fact.workflow !== null && { workflow: { id: fact.workflow, name: 'Onboarding' } }),
          status: fact.status,
        },
      }
    case 'session':
      return fact.legacy ? toLegacySession(fact) : toSession(fact)
    case 'step':
      return {
        event: 'transaction/processed',
        ...timed('timestamp', fact.time),
        data: {
          ...(fact.run !== null && { executionId: fact.run }),
          ...(fact.user !== null && { userId: fact.user }),
          ...(fact.transaction !== null && { transactionId: fact.transaction }),
          state: 'APPROVE',
        },
      }
    case 'aml':
      return {
        event: 'aml:person_updates',
        ...timed('date', fact.time),
        values: [{ hash: 'f00d', user_id: fact.user, status: fact.status, changes: fact.changes }],
      }
    case 'transaction':
      return {
        event: 'transaction:status_update',
        ...timed('date', fact.time),
        transactions: [{ id: fact.transaction, state: fact.state, label: 'by hand' }],
      }
    case 'interview':
      return {
        interviewId: fact.interview,
        onboardingStatus: fact.status,
        ...(fact.user !== null && { externalCustomerId: fact.user }),
        ...(fact.flow !== null && { flowId: fact.flow }),
      }
    default:
      return fact satisfies never
  }
}

function toSession(fact: Session): unknown {
  return {
    event: `idv/${fact.name}`,
    ...timed('timestamp', fact.time),
    data: {
      sessionId: fact.session,
      status: fact.status,
      platform: 'WEB',
      ...(fact.run !== null && { executionId: fact.run }),
      ...(fact.user !== null && { userId: fact.user }),
      ...timed('startedAt', fact.startedAt),
      ...(fact.document !== null && { documentCheckResult: { overallResult: fact.document } }),
      ...(fact.liveness !== null && { selfieVerificationResult: { livenessCheckResult: fact.liveness } }),
      ...(fact.duplicates !== null && { duplicatesFound: fact.duplicates }),
    },
  }
}

function toLegacySession(fact: Session): unknown {
  return {
    event: `idv:${fact.name}`,
    ...timed('timestamp', fact.time),
    session_id: fact.session,
    final_status: fact.status,
    ...(fact.run !== null && { execution_id: fact.run }),
    ...(fact.user !== null && { user_id: fact.user }),
    ...timed('started_at', fact.startedAt),
    ...(fact.document !== null && { document_check_results: { overall_result: fact.document } }),
    ...(fact.liveness !== null && { liveness_result: fact.liveness }),
    ...(fact.duplicates !== null && { duplicate_detection: { found: fact.duplicates } }),
  }
}

function timed(name: string, at: number | null): Record<string, string> {
  return at === null ? {} : { [name]: new Date(at).toISOString() }
}

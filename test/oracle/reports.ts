import type { Status } from '../../server/protocol.ts'
import { createIncodeReceiver } from '../../server/vendors/incode.ts'
import type { Receiver } from '../../server/vendors/receiver.ts'
import { createSeonReceiver } from '../../server/vendors/seon.ts'
import { createSeonFraudReceiver } from '../../server/vendors/seon-fraud.ts'
import { createSeonIdvReceiver } from '../../server/vendors/seon-idv.ts'
import type { Report } from '../../server/verification/report.ts'
import { type Arrival, type Environment, encode, type Fact, type Hint, SECRETS, type Source } from './facts.ts'

export const ENVIRONMENT: Environment = 'sandbox'

const secrets = [SECRETS.seon]
const licenseKeys = [
  { environment: 'sandbox' as const, key: SECRETS.fraud.sandbox },
  { environment: 'live' as const, key: SECRETS.fraud.live },
]

/** The four doors' receivers, with the secrets that `toDelivery` signs with. */
export const receivers: Readonly<Record<Source, Receiver>> = {
  seon: createSeonReceiver({ secrets, environment: ENVIRONMENT }),
  'seon-idv': createSeonIdvReceiver({ secrets, licenseKeys, environment: ENVIRONMENT }),
  'seon-fraud': createSeonFraudReceiver({ licenseKeys }),
  incode: createIncodeReceiver({ environment: ENVIRONMENT, tokens: null, header: SECRETS.incode, confirms: false }),
}

const HINTED: Readonly<Partial<Record<Hint['hint'], Status>>> = {
  started: 'started',
  completed: 'submitted',
  cancelled: 'cancelled',
}

/** What the server keeps of a fact, where `id` names its arrival. */
export function toReports({ fact, receivedAt }: Arrival, id: string): Report[] {
  const base = { id, environment: ENVIRONMENT, receivedAt, deliveryId: null }
  if (fact.kind === 'init') {
    const { run, user: userId, workflow, transaction } = fact
    const subject = { type: 'run', id: run } as const
    const facts = { userId, workflow, transactionIds: transaction === null ? [] : [transaction] }
    // Its time is when we started it, however late it was written down.
    const at = { occurredAt: null, receivedAt: fact.at }
    return [{ ...base, ...at, ...facts, kind: 'init', source: 'server', subject, event: 'init', status: 'created' }]
  }
  if (fact.kind === 'hint') return [{ ...base, ...toHint(fact) }]
  const { source, body } = encode(fact)
  const environment = 'environment' in fact ? fact.environment : ENVIRONMENT
  return receivers[source]
    .parse(body)
    .reports.map((draft, index) => ({ ...draft, ...base, id: `${id}:${index}`, deliveryId: id, source, environment }))
}

/** As `POST /api/progress` makes it. */
export function toHint({ run, hint }: Hint) {
  const status = HINTED[hint]
  return {
    kind: 'hint' as const,
    source: 'page' as const,
    subject: { type: 'run' as const, id: run },
    event: hint,
    occurredAt: null,
    ...(status === undefined ? {} : { status }),
  }
}

/** First arrivals only: the inbox keeps equal bytes once. */
export function withoutRepeats(arrivals: readonly Arrival[]): Arrival[] {
  const seen = new Set<string>()
  return arrivals.filter(({ fact }) => {
    if (fact.kind === 'hint') return true
    const key = fact.kind === 'init' ? `init ${fact.run}` : bodyKey(fact)
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

function bodyKey(fact: Exclude<Fact, { kind: 'init' | 'hint' }>): string {
  const { source, body } = encode(fact)
  const environment = 'environment' in fact ? fact.environment : ENVIRONMENT
  return `${source === 'seon-idv' ? 'seon' : source} ${environment} ${body.toString()}`
}

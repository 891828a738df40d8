import { pino } from 'pino'
import { createErrorHandler } from '../../../../server/http/error-handler.ts'
import { createIds } from '../../../../server/ids.ts'
import { createInbox } from '../../../../server/inbox/inbox.ts'
import type { Parsers } from '../../../../server/inbox/process-deliveries.ts'
import { createProcessor } from '../../../../server/inbox/processor.ts'
import { createQuarantine } from '../../../../server/inbox/quarantine.ts'
import { createReceive } from '../../../../server/inbox/receive.ts'
import { createRefusals } from '../../../../server/inbox/refusals.ts'
import { createReplay } from '../../../../server/inbox/replay.ts'
import { createRetention } from '../../../../server/inbox/retention.ts'
import type { Store } from '../../../../server/store/engine/store.ts'
import { createKeyedHash } from '../../../../server/store/keyed-hash.ts'
import { readKey } from '../../../../server/store/keys.ts'
import { createRecordInit } from '../../../../server/store/projection/record-init.ts'
import type { Verdict } from '../../../../server/vendors/receiver.ts'
import { createSeonReceiver } from '../../../../server/vendors/seon.ts'
import { createSeonFraudReceiver } from '../../../../server/vendors/seon-fraud.ts'
import { sign } from '../../../../server/vendors/signature.ts'

export const SECRET = 'canary-webhook-secret'
export const RUN = '7a1f5f0e-58f4-4f2a-9f0a-0d2f5b0f3c11'
const WORKFLOW = '11111111-2222-4333-8444-555555555555'

/** Noon of an invented day; tests move it. */
export const START = Date.parse('2026-11-05T12:00:00Z')

export interface BenchOptions {
  secrets?: readonly string[]
  licenseKeys?: readonly string[]
  /** Instead of the real readers. */
  parsers?: Parsers
  /** Of the back-off; 1: the longest. */
  random?: () => number
}

interface Sender {
  secret?: string
  source?: 'seon' | 'seon-fraud'
  peer?: string
}

/** A process's inbox and all that works on it, on a store that others may share, with a clock that the test moves. */
export async function createBench(
  store: Store,
  { secrets = [SECRET], licenseKeys = [], parsers, random = () => 1 }: BenchOptions = {},
) {
  const lines: string[] = []
  const log = pino({}, { write: (line: string) => lines.push(line) })
  const clock = { at: START }
  const now = () => clock.at
  const newId = createIds(now)
  const hash = createKeyedHash(await readKey(store.db, 'hash'))
  const environment = 'sandbox'
  const receivers = {
    seon: createSeonReceiver({ secrets, environment }),
    'seon-fraud': createSeonFraudReceiver({ licenseKeys: licenseKeys.map((key) => ({ key, environment })) }),
  }
  const inbox = createInbox({ store, hash, newId, now })
  const refusals = createRefusals({ store, newId, now })

  /** What the door does with a signed delivery, without the HTTP. */
  async function receive(
    body: Buffer,
    { secret = SECRET, source = 'seon', peer = 'peer' }: Sender = {},
  ): Promise<string> {
    const signature = sign(body, secret).toString('hex')
    const rawHeaders = source === 'seon' ? ['SEON-Signature', signature] : ['Digest', `SHA-256=${signature}`]
    const verdict: Verdict = await receivers[source].verify({ body, rawHeaders })
    if (!verdict.ok) {
      if (verdict.outcome === 'not_configured') throw new Error(verdict.outcome)
      return (await refusals.record({ ...verdict, source, environment, body, rawHeaders, peer })) ?? ''
    }
    const { secretId } = verdict
    return (await inbox.append({ source, environment, body, secretId, messageId: null, peer })).id
  }

  return {
    clock,
    receive,
    inbox,
    /** SEON's door, as the server mounts it. */
    door: createReceive({ receiver: receivers.seon, inbox, refusals, hash, log, environment, now }),
    answerErrors: createErrorHandler({ log, unexpected: 503 }),
    readLog: () => lines.join(''),
    processor: createProcessor({ store, receivers: parsers ?? receivers, log, now, random }),
    quarantine: createQuarantine({ store, inbox, receivers, log }),
    replay: createReplay({ store, receivers: parsers ?? receivers, log, now }),
    retention: createRetention({ store, rawRetentionDays: 30, log, now, maxRows: 250 }),
    recordInit: createRecordInit({ store, hash, newId, now }),
  }
}

export type Bench = Awaited<ReturnType<typeof createBench>>

/** What SEON says of a run. */
export function tell(status: string, { run = RUN, timestamp = '2026-11-01T10:00:00.000Z', event = 'finished' } = {}) {
  const data = { id: run, workflow: { id: WORKFLOW, name: 'Onboarding' }, status }
  return Buffer.from(JSON.stringify({ event: `orchestration/workflow_execution_${event}`, timestamp, data }))
}

export function readRows(store: Store) {
  return store.db.selectFrom('deliveries').selectAll().orderBy('id').execute()
}

export async function readRow(store: Store, id: string) {
  return store.db.selectFrom('deliveries').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

export async function readStatus(store: Store, run = RUN): Promise<string | undefined> {
  const row = await store.db
    .selectFrom('verifications')
    .select('status')
    .where('vendor_id', '=', run)
    .executeTakeFirst()
  return row?.status
}

import { setTimeout as delay } from 'node:timers/promises'
import type { Environment } from '../../protocol.ts'
import { verificationId } from '../../verification/identity.ts'
import type { Report } from '../../verification/report.ts'
import type { Store } from '../engine/store.ts'
import type { KeyedHash } from '../keyed-hash.ts'
import { applyReports } from './projector.ts'

/** What the server knows of a run that it has just started. */
export interface InitFacts {
  executionId: string
  userId: string
  /** The vendor's workflow id. */
  workflow: string
  environment: Environment
  /** Kept as a keyed hash only. */
  email?: string
  transactionIds?: readonly string[]
}

/** Keeps `executionId → userId` as the run's first report, which makes its verification. */
export function createRecordInit(deps: { store: Store; hash: KeyedHash; newId: () => string; now: () => number }) {
  const { store, hash, newId, now } = deps
  return async (facts: InitFacts): Promise<{ verificationId: string }> => {
    const { executionId, userId, workflow, environment, email, transactionIds } = facts
    const report: Report = {
      id: newId(),
      kind: 'init',
      source: 'server',
      environment,
      subject: { type: 'run', id: executionId },
      event: 'init',
      status: 'created',
      occurredAt: null,
      receivedAt: now(),
      deliveryId: null,
      userId,
      workflow,
      ...(email === undefined ? {} : { emailHash: hash('email', email.trim().toLowerCase()) }),
      ...(transactionIds === undefined ? {} : { transactionIds: [...transactionIds] }),
    }
    await persist(() =>
      store.transactAlone(async (trx) => {
        await applyReports(trx, [report], now())
        await store.wake(trx, 'changes')
      }),
    )
    return { verificationId: verificationId({ environment, vendor: 'seon', vendorId: executionId }) }
  }
}

/** Pauses before trying again, ms: the vendor has made the run and been paid, so a store that hiccups gets another chance. */
const PAUSES_MS = [200, 1000]

async function persist(write: () => Promise<void>): Promise<void> {
  for (const pause of PAUSES_MS) {
    try {
      return await write()
    } catch {
      await delay(pause)
    }
  }
  return write()
}

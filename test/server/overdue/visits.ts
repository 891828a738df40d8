import { createIds } from '../../../server/ids.ts'
import type { Status } from '../../../server/protocol.ts'
import type { Store } from '../../../server/store/engine/store.ts'
import { createKeyedHash } from '../../../server/store/keyed-hash.ts'
import { applyReports } from '../../../server/store/projection/projector.ts'
import { createRecordInit } from '../../../server/store/projection/record-init.ts'
import { verificationId } from '../../../server/verification/identity.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** Some moment to begin at, epoch ms. */
export const START = 1_793_500_000_000

const newId = createIds()

/** What happens to verifications, at the moment that `now` tells. */
export function createVisits(store: Store, now: () => number) {
  const hash = createKeyedHash(new Uint8Array(32))
  const recordInit = createRecordInit({ store, hash, newId, now })

  async function report(source: 'page' | 'seon' | 'incode', vendorId: string, status: Status): Promise<string> {
    const isIncode = source === 'incode'
    const origin = {
      id: newId(),
      source,
      environment: 'live' as const,
      subject: { type: isIncode ? ('interview' as const) : ('run' as const), id: vendorId },
      event: status,
      status,
      receivedAt: now(),
    }
    await store.transactAlone(async (trx) => {
      const said =
        source === 'page'
          ? { ...origin, kind: 'hint' as const, occurredAt: null, deliveryId: null }
          : { ...origin, kind: 'report' as const, occurredAt: now(), deliveryId: origin.id }
      await applyReports(trx, [said], now())
    })
    return verificationId({ environment: 'live', vendor: isIncode ? 'incode' : 'seon', vendorId })
  }

  return {
    begin: (executionId: string, workflow = 'kyc') =>
      recordInit({ executionId, userId: `user-of-${executionId}`, workflow, environment: 'live' }),
    /** The visitor's browser says so. */
    hint: (executionId: string, status: Status) => report('page', executionId, status),
    /** The vendor says so. */
    decide: (executionId: string, status: Status) => report('seon', executionId, status),
    incode: (interviewId: string, status: Status) => report('incode', interviewId, status),
  }
}

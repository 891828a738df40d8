import { randomUUID } from 'node:crypto'
import type { Status } from '../../../../server/protocol.ts'
import type { Store } from '../../../../server/store/engine/store.ts'
import { applyReports } from '../../../../server/store/projection/projector.ts'
import type { Report } from '../../../../server/verification/report.ts'

/** Lets the run named `vendorId` reach a status through the real projection, as a vendor's report would at `at`. */
export async function changeStatus(store: Store, vendorId: string, status: Status, at: number): Promise<void> {
  const report: Report = {
    id: randomUUID(),
    kind: status === 'created' ? 'init' : 'report',
    source: status === 'created' ? 'server' : 'seon',
    environment: 'sandbox',
    subject: { type: 'run', id: vendorId },
    event: 'test',
    status,
    occurredAt: at,
    receivedAt: at,
    deliveryId: null,
    userId: 'Zoë-1',
    workflow: '11111111-2222-4333-8444-555555555555',
  }
  await store.transactAlone(async (trx) => {
    await applyReports(trx, [report], at)
    await store.wake(trx, 'changes')
  })
}

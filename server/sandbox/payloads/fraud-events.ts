import { createHash, randomUUID } from 'node:crypto'
import type { Webhook } from '../delivery/channel.ts'
import type { Run } from '../runs.ts'

/** One event may carry many entries; the first is about the run's user, the rest about invented others. */
function createFraudWebhook(event: string, run: Run, at: number, batch: Record<string, object[]>): Webhook {
  // To the second and with an offset, as in SEON's examples.
  const date = `${new Date(at).toISOString().slice(0, 19)}+00:00`
  const body = JSON.stringify({ event, date, ...batch })
  return { source: 'seon-fraud', event, requestId: randomUUID(), subject: run.userId, body }
}

function listUsers(run: Run, count: number): string[] {
  return Array.from({ length: count }, (_, index) => (index === 0 ? run.userId : `${run.userId}-${index}`))
}

const LABELS: Record<string, string> = {
  APPROVE: 'Marked as approved',
  REVIEW: 'Marked as review',
  DECLINE: 'Marked as declined',
}

/** The state of a transaction changed: the run's last one, if a step of it has been sent. */
export function buildTransactionUpdate(run: Run, state: string, at: number, count: number): Webhook {
  const ids = [run.transactionIds.at(-1) ?? randomUUID(), ...Array.from({ length: count - 1 }, () => randomUUID())]
  const transactions = ids.map((id) => ({ id, state, label: LABELS[state] ?? state }))
  return createFraudWebhook('transaction:status_update', run, at, { transactions })
}

/** User ids came onto a list or off it; for a custom list `state` is its name. */
export function buildListUpdate(
  kind: 'blacklist-whitelist' | 'customlist',
  run: Run,
  state: string,
  at: number,
  count: number,
): Webhook {
  const values = listUsers(run, count).map((value) => ({ data_field: 'user_id', value, state }))
  return createFraudWebhook(`lists:${kind}`, run, at, { values })
}

/** Monitoring found something new about a person or a company. */
export function buildAmlUpdate(
  kind: 'person' | 'entity',
  run: Run,
  status: string,
  at: number,
  count: number,
): Webhook {
  const changes = kind === 'person' ? ['pep', 'sanctionlist'] : ['sanctionlist', 'watchlist']
  const values = listUsers(run, count).map((userId) => ({
    hash: createHash('sha256').update(userId).digest('hex'),
    user_id: userId,
    status,
    changes,
  }))
  return createFraudWebhook(`aml:${kind}_updates`, run, at, { values })
}

import type { Insertable } from 'kysely'
import { createRateWindow } from '../limits/rate-window.ts'
import type { DeliveryReason, Environment, Source } from '../protocol.ts'
import type { DeliveryTable } from '../store/engine/schema.ts'
import type { Store, Trx } from '../store/engine/store.ts'

/** A delivery that did not verify. */
export interface Refusal {
  source: Source
  environment: Environment
  outcome: 'rejected' | 'quarantined'
  reason: DeliveryReason
  body: Uint8Array
  /** Where the body itself was not read: its announced size. */
  bytes?: number
  rawHeaders: readonly string[]
  peer: string
}

/** Bounds on what strangers may make us keep: entries and bytes in quarantine in all, and entries of one peer. */
const QUARANTINE_ENTRIES = 1000
const QUARANTINE_BYTES = 16 * 1024 * 1024
const QUARANTINE_PER_PEER = 50

/**
 * Rows a minute that refusals of each outcome may cost: a forger's flood must not become ours, and noise without any
 * signature must not keep from quarantine what a wrong secret has refused. Past it only the log tells.
 */
const RECORDED_PER_MINUTE = 300
const MINUTE_MS = 60_000

/** Only these are needed to verify a quarantined body again; all others could be personal or secret. */
const KEPT_HEADERS: ReadonlySet<string> = new Set(['seon-signature', 'digest'])

/** Records refused deliveries: a row for each, and the bytes of well-formed ones while there is room. */
export function createRefusals({ store, newId, now }: { store: Store; newId: () => string; now: () => number }) {
  const share = createRateWindow({ limit: RECORDED_PER_MINUTE, windowMs: MINUTE_MS, now })

  async function hasRoom(trx: Trx, { body, peer }: Refusal): Promise<boolean> {
    const held = await trx
      .selectFrom('deliveries')
      .select((eb) => [eb.fn.countAll<number>().as('entries'), eb.fn.sum<string | number | null>('bytes').as('bytes')])
      .where('outcome', '=', 'quarantined')
      .executeTakeFirstOrThrow()
    const ofPeer = await trx
      .selectFrom('deliveries')
      .select((eb) => eb.fn.countAll<number>().as('entries'))
      .where('outcome', '=', 'quarantined')
      .where('peer', '=', peer)
      .executeTakeFirstOrThrow()
    return (
      held.entries < QUARANTINE_ENTRIES &&
      Number(held.bytes ?? 0) + body.byteLength <= QUARANTINE_BYTES &&
      ofPeer.entries < QUARANTINE_PER_PEER
    )
  }

  return {
    /** Returns the row's id, or null where the minute's share is spent. */
    async record(refusal: Refusal): Promise<string | null> {
      if (!share.take(refusal.outcome)) return null
      const id = newId()
      // Together, so that those who come at once do not all find the same room.
      await store.transact(async (trx) => {
        const isKept = refusal.outcome === 'quarantined' && (await hasRoom(trx, refusal))
        await trx
          .insertInto('deliveries')
          .values(toRow(id, now(), refusal, isKept))
          .execute()
      })
      return id
    },
  }
}

export type Refusals = ReturnType<typeof createRefusals>

function toRow(id: string, receivedAt: number, refusal: Refusal, isKept: boolean): Insertable<DeliveryTable> {
  const { source, environment, reason, body, bytes, peer } = refusal
  return {
    id,
    source,
    environment,
    received_at: receivedAt,
    outcome: isKept ? 'quarantined' : 'rejected',
    reason,
    event: null,
    bytes: bytes ?? body.byteLength,
    body: isKept ? body : null,
    dedupe_key: null,
    message_key: null,
    secret_id: null,
    peer,
    headers: isKept ? JSON.stringify(keptHeaders(refusal.rawHeaders)) : null,
    duplicate_of: null,
    verification_id: null,
    state: null,
    attempts: 0,
    next_attempt_at: 0,
  }
}

function keptHeaders(rawHeaders: readonly string[]): string[] {
  const kept: string[] = []
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? ''
    if (KEPT_HEADERS.has(name.toLowerCase())) kept.push(name, rawHeaders[index + 1] ?? '')
  }
  return kept
}

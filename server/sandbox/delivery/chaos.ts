import { createHash } from 'node:crypto'

/** Shares of webhooks (0 to 1) that meet a mishap, and how long mishaps last. All zero at start. */
export interface ChaosDial {
  /** The same seed and the same order of webhooks give the same mishaps (ids and times still differ). */
  seed: number
  /** A delivered one comes a second time. */
  duplicate: number
  /** Held for a part of `reorderMs`, so that later ones overtake it. */
  reorder: number
  reorderMs: number
  /** Held for `delayMs`. */
  delay: number
  delayMs: number
  /** A try gets lost on the way: the vendor sees no answer, and tries again if it ever does. */
  drop: number
  /** A damaged copy, under the whole one's signature, arrives first. */
  corrupt: number
  /** An approved run is declined by an analyst `revokeAfterMs` later. */
  revoke: number
  revokeAfterMs: number
}

const CALM: ChaosDial = {
  seed: 1,
  duplicate: 0,
  reorder: 0,
  // About as long as the webhooks of one run take by default, twice over.
  reorderMs: 3000,
  delay: 0,
  delayMs: 600_000,
  drop: 0,
  corrupt: 0,
  revoke: 0,
  revokeAfterMs: 600_000,
}

export interface Chaos {
  read(): ChaosDial & { outageUntil: string | null }
  /** A new seed starts the count of webhooks anew. */
  set(change: Partial<ChaosDial>): void
  /** For so long no try of any vendor reaches the server; 0 ends it. */
  startOutage(ms: number): void
  /** The next webhook's number, which decides its fate together with the seed. */
  count(): number
  readHoldMs(number: number): number
  readLoss(number: number, attempt: number): 'DROPPED' | 'OUTAGE' | null
  isDamaged(number: number, attempt: number): boolean
  isDuplicated(number: number): boolean
  /** null: the approval stands. */
  readRevokeMs(): number | null
}

export function createChaos(now: () => number): Chaos {
  let dial = { ...CALM }
  let counted = 0
  let approvals = 0
  let outageUntil = 0

  /** A number from 0 to 1 that this seed always gives for this question. */
  function roll(...question: (string | number)[]): number {
    const hash = createHash('sha256').update([dial.seed, ...question].join(':'))
    return hash.digest().readUInt32BE() / 2 ** 32
  }

  return {
    read: () => ({ ...dial, outageUntil: outageUntil > now() ? new Date(outageUntil).toISOString() : null }),
    set(change) {
      dial = { ...dial, ...change }
      if (change.seed === undefined) return
      counted = 0
      approvals = 0
    },
    startOutage(ms) {
      outageUntil = now() + ms
    },
    count: () => (counted += 1),
    readHoldMs(number) {
      if (roll('delay', number) < dial.delay) return dial.delayMs
      return roll('reorder', number) < dial.reorder ? Math.ceil(roll('reorder-by', number) * dial.reorderMs) : 0
    },
    readLoss(number, attempt) {
      if (outageUntil > now()) return 'OUTAGE'
      return roll('drop', number, attempt) < dial.drop ? 'DROPPED' : null
    },
    isDamaged: (number, attempt) => roll('corrupt', number, attempt) < dial.corrupt,
    isDuplicated: (number) => roll('duplicate', number) < dial.duplicate,
    readRevokeMs() {
      approvals += 1
      return roll('revoke', approvals) < dial.revoke ? dial.revokeAfterMs : null
    },
  }
}

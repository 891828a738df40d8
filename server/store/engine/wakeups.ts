import type { Trx, WakeTopic } from './store.ts'

type Work<T> = (trx: Trx) => Promise<T>

/** Whoever listens on this node, and what a transaction will have them told. */
export interface Wakeups {
  /** Returns its undo. */
  listen: (listener: (topic: WakeTopic) => void) => () => void
  tell: (topic: WakeTopic) => void
  /** Told once the transaction is committed, and not at all if it is not. */
  tellAfter: (trx: Trx, topic: WakeTopic) => void
  /** Runs `work` by `begin`, which commits it, and tells what it had told after. */
  commit: <T>(begin: (work: Work<T>) => Promise<T>, work: Work<T>) => Promise<T>
}

export function createWakeups(): Wakeups {
  const listeners = new Set<(topic: WakeTopic) => void>()
  const awaited = new WeakMap<Trx, Set<WakeTopic>>()

  function tell(topic: WakeTopic): void {
    for (const listener of listeners) listener(topic)
  }

  return {
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    tell,
    tellAfter(trx, topic) {
      const topics = awaited.get(trx) ?? new Set()
      awaited.set(trx, topics.add(topic))
    },
    async commit(begin, work) {
      let transaction: Trx | undefined
      const result = await begin((trx) => {
        transaction = trx
        return work(trx)
      })
      for (const topic of (transaction && awaited.get(transaction)) ?? []) tell(topic)
      return result
    },
  }
}

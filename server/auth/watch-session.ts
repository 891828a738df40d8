import type { Store } from '../store/engine/store.ts'
import type { Operator, Operators } from './operators.ts'

/** How often it is asked whether the session still holds, ms: what an ended one has begun is over within a second. */
const LOOK_EVERY_MS = 500

/** For what an operator has begun and what takes its time. A session that does nothing else runs out as it would without. */
export interface SessionWatch {
  /** Fires once the session holds no more, on whichever node it was ended; never for a program, which has none. */
  readonly ended: AbortSignal
  stop(): void
}

export function watchSession(
  { sessionId }: Operator,
  { operators, store }: { operators: Pick<Operators, 'holds'>; store: Store },
): SessionWatch {
  const controller = new AbortController()
  const { signal: ended } = controller
  if (sessionId === null) return { ended, stop: () => undefined }
  let isLooking = false

  async function look(id: string): Promise<void> {
    if (isLooking) return
    isLooking = true
    try {
      if (!(await operators.holds(id))) controller.abort()
    } catch {
      // The store is away: nobody can say, and what was begun fails for the same reason.
    }
    isLooking = false
  }

  void look(sessionId)
  const timer = setInterval(() => void look(sessionId), LOOK_EVERY_MS)
  const stopListening = store.onWake((topic) => {
    if (topic === 'sessions') void look(sessionId)
  })
  return {
    ended,
    stop() {
      clearInterval(timer)
      stopListening()
    },
  }
}

import type { Logger } from 'pino'
import type { Store } from '../store/engine/store.ts'
import { type IncodeApi, IncodeApiError } from '../vendors/incode-api.ts'
import type { Confirmations, Question } from './confirmations.ts'

export interface Confirmer {
  /** Asks what is due now; resolves when nothing due is left. */
  drain(): Promise<void>
  /** Begins to drain at every wake-up and every second. What is being asked when it stops is asked again by whoever comes next. */
  start(): { stop(): Promise<void> }
}

/** Asked at once: few enough to be no burden on Incode (100 calls a second, developer.incode.com/docs/fetch-scores), each being two calls. */
const CONCURRENCY = 8

/** How often to look without being woken, ms. */
const LOOK_EVERY_MS = 1000

/** Asks Incode's API what its webhooks only hint at, outside of any transaction. */
export function createConfirmer(deps: {
  store: Pick<Store, 'onWake'>
  confirmations: Confirmations
  api: IncodeApi
  log: Logger
}): Confirmer {
  const { confirmations, api, log } = deps
  const stopping = new AbortController()
  let draining: Promise<void> | undefined
  let isDueAgain = false

  function drain(): Promise<void> {
    isDueAgain = true
    draining ??= drainAll().finally(() => {
      draining = undefined
    })
    return draining
  }

  async function drainAll(): Promise<void> {
    while (isDueAgain && !stopping.signal.aborted) {
      isDueAgain = false
      const questions = await confirmations.claim(CONCURRENCY)
      await Promise.all(questions.map(ask))
      if (questions.length === CONCURRENCY) isDueAgain = true
    }
  }

  async function ask(question: Question): Promise<void> {
    try {
      const status = await api.requestStatus(question.interviewId, stopping.signal)
      await confirmations.settle(question, status)
      log.info({ event: 'confirmation_answered', verification: question.verificationId, status })
    } catch (error) {
      if (stopping.signal.aborted) return
      if (error instanceof IncodeApiError) await recordFailure(question, error)
      // The store's: the question comes back once this node's claim on it is over.
      else log.error({ event: 'confirmer_failed', err: error })
    }
  }

  async function recordFailure(question: Question, { code, httpStatus }: IncodeApiError): Promise<void> {
    const next = await confirmations.postpone(question).catch(() => question.leasedUntil)
    const event = next === null ? 'confirmation_given_up' : 'confirmation_failed'
    const { verificationId: verification, attempts } = question
    log.error({ event, verification, attempts: attempts + 1, code, httpStatus })
  }

  function look(): void {
    drain().catch((error: unknown) => log.error({ event: 'confirmer_failed', err: error }))
  }

  return {
    drain,
    start() {
      const stopListening = deps.store.onWake((topic) => {
        if (topic === 'changes') look()
      })
      const timer = setInterval(look, LOOK_EVERY_MS)
      look()
      return {
        async stop() {
          clearInterval(timer)
          stopListening()
          stopping.abort()
          await draining?.catch(() => undefined)
        },
      }
    },
  }
}

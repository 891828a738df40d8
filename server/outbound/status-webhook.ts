import type { Logger } from 'pino'
import type { Store } from '../store/engine/store.ts'
import { createCollectChanges } from './collect-changes.ts'
import { createOutbox, type Message } from './outbox.ts'
import { planRetry } from './plan-retry.ts'
import { type Answer, createPostMessage } from './post-message.ts'

/** Tells the site's back end of every status change: each message at least once, those of a verification in order. */
export interface StatusWebhook {
  /** Sends what is due now; resolves when nothing due is left and nothing is under way. */
  drain(): Promise<void>
  /** Begins to send, at every change and every second. Stopping lets tries under way end, 5 s at most. */
  start(): { stop(): Promise<void> }
}

/** Requests of one node at once: a slow receiver still gets through a burst, a small one is not overrun by it. */
const MAX_UNDER_WAY = 8

/** How often to look without being woken, ms: for retries that fall due and wake-ups that got lost. */
const LOOK_EVERY_MS = 1000

/** How long tries under way may take once the server stops, ms; one cut off is sent again, under its own id. */
const STOP_WITHIN_MS = 5000

/** How long nothing is sent after a 429 that does not say, ms. */
const THROTTLE_MS = 5000

/** The receiver wants no more messages (Standard Webhooks, "Delivery success and failure"). */
const GONE = 410

export async function createStatusWebhook(deps: {
  /** STATUS_WEBHOOK_URL */
  url: string
  /** STATUS_WEBHOOK_SECRET: each message is signed with all of them. */
  secrets: readonly string[]
  store: Store
  log: Logger
  newId: () => string
  now: () => number
  random?: () => number
  /** Of one try, ms; default 15 s. */
  timeoutMs?: number
}): Promise<StatusWebhook> {
  const { store, log, now, random = Math.random } = deps
  const collectChanges = await createCollectChanges(deps)
  const outbox = createOutbox(deps)
  const post = createPostMessage(deps)
  const underWay = new Set<Promise<void>>()
  const stopping = new AbortController()
  /** The receiver as a whole asked for a pause, epoch ms. */
  let pausedUntil = 0
  // Until this node starts anew: then the address stands in its configuration once more.
  let isGone = false
  let isStopping = false
  let isDue = false
  let wakeUp: (() => void) | undefined
  let working: Promise<void> | undefined

  function look(): Promise<void> {
    isDue = true
    wakeUp?.()
    working ??= work().finally(() => {
      working = undefined
    })
    return working
  }

  async function work(): Promise<void> {
    while (isDue || underWay.size > 0) {
      isDue = false
      if (!isStopping) await sendDue()
      if (!isDue && underWay.size > 0) await new Promise<void>((resolve) => (wakeUp = resolve))
    }
  }

  async function sendDue(): Promise<void> {
    await collectChanges()
    const free = MAX_UNDER_WAY - underWay.size
    if (free === 0 || isStopping || isGone || now() < pausedUntil) return
    for (const message of await outbox.claim(free)) {
      const sending = send(message)
        // Its lease runs out, and then it is sent again.
        .catch((error: unknown) => log.error({ event: 'status_webhook_unrecorded', message: message.id, err: error }))
        .finally(() => {
          underWay.delete(sending)
          isDue = true
          wakeUp?.()
        })
      underWay.add(sending)
    }
  }

  async function send(message: Message): Promise<void> {
    const answer: Answer = isStopping ? { kind: 'aborted' } : await post(message, stopping.signal)
    if (answer.kind === 'received') return outbox.settle(message)
    if (answer.kind === 'aborted') return outbox.release(message)
    const error = answer.kind === 'refused' ? `status_${answer.status}` : answer.code
    const { attempts: before, firstAttemptAt } = message
    const facts = { message: message.id, verification: message.verificationId, attempts: before + 1, reason: error }
    const retryAfterMs = answer.kind === 'refused' ? answer.retryAfterMs : null
    const at = planRetry({ attempts: before + 1, firstAttemptAt, now: now(), retryAfterMs, random: random() })
    heedReceiver(answer)
    if (at === null) {
      log.error({ event: 'status_webhook_dead', ...facts })
      return outbox.bury(message, error)
    }
    log.warn({ event: 'status_webhook_failed', ...facts })
    return outbox.postpone(message, at, error)
  }

  /** Some refusals are about the receiver as a whole and not about one message. */
  function heedReceiver(answer: Answer): void {
    if (answer.kind !== 'refused') return
    const { status, retryAfterMs } = answer
    if (status === GONE && !isGone) {
      isGone = true
      log.error({ event: 'status_webhook_gone' }, 'STATUS_WEBHOOK_URL answered 410: nothing is sent until a restart')
    }
    const isBusy = status === 429 || (status === 503 && retryAfterMs !== null)
    if (isBusy) pausedUntil = Math.max(pausedUntil, now() + (retryAfterMs ?? THROTTLE_MS))
  }

  function handleDue(): void {
    look().catch((error: unknown) => log.error({ event: 'status_webhook_stalled', err: error }))
  }

  return {
    drain: look,
    start() {
      const stopListening = store.onWake((topic) => {
        if (topic === 'changes') handleDue()
      })
      const timer = setInterval(handleDue, LOOK_EVERY_MS)
      handleDue()
      return {
        async stop() {
          isStopping = true
          clearInterval(timer)
          stopListening()
          const deadline = setTimeout(() => stopping.abort(), STOP_WITHIN_MS)
          await working?.catch(() => undefined)
          await Promise.all(underWay)
          clearTimeout(deadline)
        },
      }
    },
  }
}

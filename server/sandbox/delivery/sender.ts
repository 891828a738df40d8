import type { SandboxAttempt, Source } from '../../protocol.ts'
import type { SandboxClock } from '../clock.ts'
import type { Channel, Verdict, Webhook } from './channel.ts'
import type { Chaos } from './chaos.ts'
import { readHeaders } from './forge.ts'

/** As a vendor's delivery log shows it. */
export type Attempt = SandboxAttempt

export interface Sender {
  /**
   * Tries at once (unless chaos holds it, or `holdMs` does) and goes on by the channel's schedule; resolves with the
   * first try.
   */
  send(webhook: Webhook, holdMs?: number): Promise<Attempt>
  /** Sends one that was sent before once more, as a vendor that lost our answer would. */
  repeat(webhook: Webhook): Promise<Attempt>
  /** Newest first. */
  attempts(): Attempt[]
  /** Waits for tries under way, but not for later ones. */
  close(): Promise<void>
}

/** SEON keeps its log 30 days; this one lives in memory. */
const MOST_ATTEMPTS = 5000
/** How long tries under way may take once the sandbox closes. */
const DRAIN_MS = 5000

export interface SenderOptions {
  clock: SandboxClock
  chaos: Chaos
  /** The main server's URL. */
  readWebhookBase: () => string
  channels: Record<Source, Channel>
}

interface Answer {
  status: number | null
  error: string | null
  verdict: Verdict
}

/** Undelivered webhooks wait in memory: they are gone when the process ends, as nothing in a sandbox is worth keeping. */
export function createSender({ clock, chaos, readWebhookBase, channels }: SenderOptions): Sender {
  const log: Attempt[] = []
  const underWay = new Set<Promise<Attempt>>()
  const abort = new AbortController()

  const readUrl = ({ source }: Webhook) => new URL(channels[source].path, readWebhookBase()).href
  const readTime = (inMs = 0) => new Date(clock.now() + inMs).toISOString()

  function write(
    webhook: Webhook,
    entry: Omit<Attempt, 'source' | 'event' | 'requestId' | 'subject' | 'url'>,
  ): Attempt {
    const { source, event, requestId, subject } = webhook
    const attempt = { ...entry, source, event, requestId, subject, url: readUrl(webhook) }
    log.unshift(attempt)
    log.splice(MOST_ATTEMPTS)
    return attempt
  }

  function writeCopy(webhook: Webhook, attempt: number, copy: Attempt['copy'], { status, error }: Answer): Attempt {
    return write(webhook, { at: readTime(), attempt, copy, status, error, nextAttemptAt: null })
  }

  function track(trying: Promise<Attempt>): Promise<Attempt> {
    const work = trying.finally(() => underWay.delete(work))
    underWay.add(work)
    return work
  }

  const tryOnce = (webhook: Webhook, number: number, attempt: number) => track(deliver(webhook, number, attempt))

  async function deliver(webhook: Webhook, number: number, attempt: number): Promise<Attempt> {
    const lost = chaos.readLoss(number, attempt)
    if (lost === null && chaos.isDamaged(number, attempt)) {
      const half = webhook.body.slice(0, webhook.body.length / 2)
      writeCopy(webhook, attempt, 'damaged', await post(webhook, half))
    }
    const at = readTime()
    const answer: Answer = lost === null ? await post(webhook) : { status: null, error: lost, verdict: 'retry' }
    const { status, error, verdict } = answer
    const delay = channels[webhook.source].retryDelaysMs[attempt - 1]
    const again = verdict === 'retry' && delay !== undefined && !abort.signal.aborted
    if (again) clock.schedule(delay, async () => void (await tryOnce(webhook, number, attempt + 1)))
    const nextAttemptAt = again ? readTime(delay) : null
    const entry = write(webhook, { at, attempt, copy: null, status, error, nextAttemptAt })
    if (verdict === 'delivered' && chaos.isDuplicated(number))
      writeCopy(webhook, attempt, 'duplicate', await post(webhook))
    return entry
  }

  async function post(webhook: Webhook, body = webhook.body): Promise<Answer> {
    const channel = channels[webhook.source]
    try {
      const response = await fetch(readUrl(webhook), {
        method: 'POST',
        headers: await readHeaders(channel, webhook),
        body,
        redirect: 'manual',
        signal: AbortSignal.any([abort.signal, AbortSignal.timeout(channel.timeoutMs)]),
      })
      await response.body?.cancel()
      return { status: response.status, error: null, verdict: channel.judge(response) }
    } catch (caught) {
      return { status: null, error: readErrorCode(caught), verdict: 'retry' }
    }
  }

  return {
    async send(webhook, askedMs = 0) {
      const number = chaos.count()
      const holdMs = askedMs || chaos.readHoldMs(number)
      if (holdMs === 0) return tryOnce(webhook, number, 1)
      clock.schedule(holdMs, async () => void (await tryOnce(webhook, number, 1)))
      const nextAttemptAt = readTime(holdMs)
      return write(webhook, { at: readTime(), attempt: 0, copy: null, status: null, error: 'HELD', nextAttemptAt })
    },
    repeat: (webhook) => track(post(webhook).then((answer) => writeCopy(webhook, 1, 'duplicate', answer))),
    attempts: () => [...log],
    async close() {
      const deadline = setTimeout(() => abort.abort(), DRAIN_MS)
      await Promise.allSettled(underWay)
      clearTimeout(deadline)
      abort.abort()
    },
  }
}

function readErrorCode(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN'
  if (error.name === 'TimeoutError') return 'TIMEOUT'
  const failure = error.cause ?? error
  return failure instanceof Error && 'code' in failure ? String(failure.code) : error.name
}

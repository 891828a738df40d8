import type { Source } from '../../protocol.ts'
import type { SandboxClock } from '../clock.ts'
import type { Channel, Webhook } from './channel.ts'

/** One try of one webhook, as a vendor's delivery log shows it. */
export interface Attempt {
  at: string
  source: Source
  event: string
  requestId: string
  subject: string | null
  /** 1 is the first. */
  attempt: number
  url: string
  /** HTTP status; null when no answer came. */
  status: number | null
  /** A network error's code, or `TIMEOUT`. */
  error: string | null
  /** null: delivered or given up. */
  nextAttemptAt: string | null
}

export interface Sender {
  /** Tries at once and goes on by the channel's schedule; resolves with the first try. */
  send(webhook: Webhook): Promise<Attempt>
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
  /** The main server's URL. */
  readWebhookBase: () => string
  channels: Partial<Record<Source, Channel>>
}

/** Undelivered webhooks wait in memory: they are gone when the process ends, as nothing in a sandbox is worth keeping. */
export function createSender({ clock, readWebhookBase, channels }: SenderOptions): Sender {
  const log: Attempt[] = []
  const underWay = new Set<Promise<Attempt>>()
  const abort = new AbortController()

  function tryOnce(webhook: Webhook, attempt: number): Promise<Attempt> {
    const work = post(webhook, attempt).finally(() => underWay.delete(work))
    underWay.add(work)
    return work
  }

  async function post(webhook: Webhook, attempt: number): Promise<Attempt> {
    const channel = channels[webhook.source]
    if (channel === undefined) throw new Error(`The sandbox has no channel for ${webhook.source}.`)
    const at = new Date(clock.now()).toISOString()
    const url = new URL(channel.path, readWebhookBase()).href
    let status: number | null = null
    let error: string | null = null
    let verdict: 'delivered' | 'retry' | 'give-up' = 'retry'
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: await channel.headers(webhook),
        body: webhook.body,
        redirect: 'manual',
        signal: AbortSignal.any([abort.signal, AbortSignal.timeout(channel.timeoutMs)]),
      })
      status = response.status
      verdict = channel.judge(response)
      await response.body?.cancel()
    } catch (caught) {
      error = readErrorCode(caught)
    }
    const delay = channel.retryDelaysMs[attempt - 1]
    const again = verdict === 'retry' && delay !== undefined && !abort.signal.aborted
    if (again) clock.schedule(delay, async () => void (await tryOnce(webhook, attempt + 1)))
    const { source, event, requestId, subject } = webhook
    const nextAttemptAt = again ? new Date(clock.now() + delay).toISOString() : null
    const entry = { at, source, event, requestId, subject, attempt, url, status, error, nextAttemptAt }
    log.unshift(entry)
    log.splice(MOST_ATTEMPTS)
    return entry
  }

  return {
    send: (webhook) => tryOnce(webhook, 1),
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
  const cause = error.cause
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.name
}

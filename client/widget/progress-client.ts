import type { Hint, ProgressRequest } from '../../server/protocol.ts'

/** A hint that hangs must not hold back those behind it for longer. */
const HINT_LIMIT_MS = 10_000

/**
 * Tells the server what the visitor's browser sees, one hint at a time and in order. A hint that does not get through
 * is let go: the vendor's webhook decides without it.
 */
export class ProgressClient {
  declare private readonly server: string
  declare private readonly statusToken: string
  declare private sent: Promise<void>

  constructor(server: string, statusToken: string) {
    this.server = server
    this.statusToken = statusToken
    this.sent = Promise.resolve()
  }

  /** Resolves once this hint and all before it are through or given up. */
  send(event: Hint, detail?: string): Promise<void> {
    this.sent = this.sent.then(() => this.post(detail === undefined ? { event } : { event, detail }))
    return this.sent
  }

  private async post(hint: ProgressRequest): Promise<void> {
    const aborter = new AbortController()
    const timer = setTimeout(() => aborter.abort(), HINT_LIMIT_MS)
    try {
      await fetch(`${this.server}/api/progress`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${this.statusToken}` },
        body: JSON.stringify(hint),
        credentials: 'omit',
        // The last hint of a page that is being left still goes out.
        keepalive: true,
        signal: aborter.signal,
      })
    } catch {
      // Offline, blocked or too slow.
    } finally {
      clearTimeout(timer)
    }
  }
}

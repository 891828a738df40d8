import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { type ApiErrorCode, readErrorCode } from '../../api/api-error.ts'

// What was deliberately shown hides itself after this long (ms), for whoever walks past the screen.
const SHOWN_FOR = 60_000

/** Personal data that is shown on purpose: asked of the server, which records it first, and hidden again after a minute. */
export class Reveal implements ReactiveController {
  /** What is shown; null while nothing is. */
  value: string | null = null
  isAsking = false
  /** Why the last try showed nothing. */
  failure: ApiErrorCode | null = null
  readonly #host: ReactiveControllerHost
  readonly #ask: (signal: AbortSignal) => Promise<string>
  #request = new AbortController()
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(host: ReactiveControllerHost, ask: (signal: AbortSignal) => Promise<string>) {
    this.#host = host
    this.#ask = ask
  }

  async toggle(): Promise<void> {
    if (this.value !== null || this.isAsking) return this.hide()
    this.isAsking = true
    this.failure = null
    this.#host.requestUpdate()
    const { signal } = (this.#request = new AbortController())
    try {
      const value = await this.#ask(signal)
      if (signal.aborted) return
      this.value = value
      this.#timer = setTimeout(() => this.hide(), SHOWN_FOR)
    } catch (error) {
      if (signal.aborted) return
      this.failure = readErrorCode(error)
    }
    this.isAsking = false
    this.#host.requestUpdate()
  }

  hide(): void {
    clearTimeout(this.#timer)
    this.#request.abort()
    this.value = null
    this.isAsking = false
    this.failure = null
    this.#host.requestUpdate()
  }

  hostDisconnected(): void {
    this.hide()
  }
}

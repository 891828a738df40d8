import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { ApiErrorCode } from './api-error.ts'
import { readErrorCode } from './api-error.ts'
import { Retry } from './retry.ts'

/**
 * One request and what it has brought, for an element that shows that. The last answer stays until the next is here; a request that
 * failed is made again by itself, except for what is not there. One at a time: what is asked meanwhile is asked after.
 */
export class Question<T> implements ReactiveController {
  /** Null before the first answer, and where there is nothing (any more). */
  answer: T | null = null
  /** Why there is no answer, or none newer than `answer`. */
  failure: ApiErrorCode | null = null
  readonly #host: ReactiveControllerHost
  readonly #request: (signal: AbortSignal) => Promise<T>
  readonly #retry: Retry
  #aborter = new AbortController()
  #isAsking = false
  #isAskedAgain = false

  constructor(host: ReactiveControllerHost, request: (signal: AbortSignal) => Promise<T>) {
    this.#host = host
    this.#request = request
    this.#retry = new Retry(host, () => this.ask())
    host.addController(this)
  }

  /** About something else: what is there is forgotten. */
  begin(): void {
    this.forget()
    this.ask()
  }

  ask(): void {
    if (this.#isAsking) this.#isAskedAgain = true
    else void this.#ask(this.#aborter.signal)
  }

  forget(): void {
    this.#stop()
    this.answer = null
    this.failure = null
  }

  hostDisconnected(): void {
    this.#stop()
  }

  #stop(): void {
    this.#aborter.abort()
    this.#aborter = new AbortController()
    this.#retry.cancel()
    this.#isAsking = false
    this.#isAskedAgain = false
  }

  async #ask(signal: AbortSignal): Promise<void> {
    this.#isAsking = true
    this.#retry.cancel()
    try {
      const answer = await this.#request(signal)
      if (signal.aborted) return
      this.answer = answer
      this.failure = null
    } catch (error) {
      if (signal.aborted) return
      this.failure = readErrorCode(error)
      if (this.failure === 'not_found') this.answer = null
      else this.#retry.later()
    }
    this.#isAsking = false
    this.#host.requestUpdate()
    if (!this.#isAskedAgain) return
    this.#isAskedAgain = false
    this.ask()
  }
}

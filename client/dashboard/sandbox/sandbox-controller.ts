import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { SandboxLog, SandboxState, SandboxSubjects } from '../../../server/protocol.ts'
import type { ApiClient } from '../api/api-client.ts'
import type { ApiErrorCode } from '../api/api-error.ts'
import { readErrorCode } from '../api/api-error.ts'
import { requestLog, requestState, requestSubjects } from './request-sandbox.ts'

/** What the sandbox says of itself, as of one moment. */
export interface SandboxPicture extends SandboxSubjects, SandboxLog {
  state: SandboxState
  /** What to add to this device's clock for the sandbox's time, ms. */
  offset: number
}

// The sandbox tells nobody what it has sent, and what it holds back moves by itself: it is asked again after this long (ms).
const LOOK_AGAIN = 2000

/** Keeps the picture of the sandbox current while somebody looks at it. */
export class SandboxController implements ReactiveController {
  /** Null until it is here. */
  picture: SandboxPicture | null = null
  failure: ApiErrorCode | null = null
  readonly #host: ReactiveControllerHost
  #api: ApiClient | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #request = new AbortController()

  constructor(host: ReactiveControllerHost) {
    this.#host = host
    host.addController(this)
  }

  follow(api: ApiClient): void {
    this.#api = api
    void this.look()
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.#handleVisible)
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.#handleVisible)
    clearTimeout(this.#timer)
    this.#request.abort()
  }

  /** Asks at once; an answer that is still on its way no longer counts. */
  async look(): Promise<void> {
    clearTimeout(this.#timer)
    this.#request.abort()
    const { signal } = (this.#request = new AbortController())
    if (!this.#api) return
    const api = this.#api
    try {
      const [state, subjects, log] = await Promise.all([
        requestState(api, signal),
        requestSubjects(api, signal),
        requestLog(api, signal),
      ])
      if (signal.aborted) return
      this.picture = { state, ...subjects, ...log, offset: Date.parse(state.clock.now) - Date.now() }
      this.failure = null
    } catch (error) {
      if (signal.aborted) return
      this.failure = readErrorCode(error)
    }
    this.#host.requestUpdate()
    this.#lookLater()
  }

  #lookLater(): void {
    // Nobody waits for a page that is not seen, and a role does not change by asking.
    if (document.visibilityState !== 'visible' || this.failure === 'forbidden') return
    this.#timer = setTimeout(() => void this.look(), LOOK_AGAIN)
  }

  #handleVisible = (): void => {
    if (document.visibilityState === 'visible') void this.look()
  }
}

import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** What failed is asked for again after this long (ms). */
export const ASK_AGAIN = 5000

/** Asks again for what failed, until it is there or nobody looks at it any more. */
export class Retry implements ReactiveController {
  readonly #ask: () => void
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(host: ReactiveControllerHost, ask: () => void) {
    this.#ask = ask
    host.addController(this)
  }

  later(): void {
    this.cancel()
    this.#timer = setTimeout(this.#ask, ASK_AGAIN)
  }

  cancel(): void {
    clearTimeout(this.#timer)
  }

  hostDisconnected(): void {
    this.cancel()
  }
}

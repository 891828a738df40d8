import type { ReactiveController, ReactiveControllerHost } from 'lit'

// What was deliberately shown hides itself after this long (ms), for whoever walks past the screen.
const SHOWN_FOR = 60_000

/** Personal data that is shown on purpose and hides itself. */
export class Reveal implements ReactiveController {
  isShown = false
  readonly #host: ReactiveControllerHost
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(host: ReactiveControllerHost) {
    this.#host = host
  }

  toggle(): void {
    if (this.isShown) return this.hide()
    this.isShown = true
    this.#timer = setTimeout(() => this.hide(), SHOWN_FOR)
    this.#host.requestUpdate()
  }

  hide(): void {
    clearTimeout(this.#timer)
    this.isShown = false
    this.#host.requestUpdate()
  }

  hostDisconnected(): void {
    this.hide()
  }
}

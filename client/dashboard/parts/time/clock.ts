import type { ReactiveController, ReactiveControllerHost } from 'lit'

const hosts = new Set<ReactiveControllerHost>()
let timer: ReturnType<typeof setInterval> | undefined

// Relative times are rounded to ten seconds at the finest, so looking more often would change nothing.
const TICK = 10_000

/** Renders its host again as time goes by; one timer for the whole page. */
export class ClockController implements ReactiveController {
  readonly #host: ReactiveControllerHost

  constructor(host: ReactiveControllerHost) {
    this.#host = host
  }

  hostConnected(): void {
    hosts.add(this.#host)
    timer ??= setInterval(() => hosts.forEach((host) => host.requestUpdate()), TICK)
  }

  hostDisconnected(): void {
    hosts.delete(this.#host)
    if (hosts.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

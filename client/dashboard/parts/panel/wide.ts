import type { ReactiveController, ReactiveControllerHost } from 'lit'

// From this width on (px), a detail stands beside its list; below, over it.
const wide = matchMedia('(min-width: 1100px)')

/** Renders its host again when the window passes the width at which details stand beside their list. */
export class WideController implements ReactiveController {
  readonly #handleChange: () => void

  constructor(host: ReactiveControllerHost) {
    this.#handleChange = () => host.requestUpdate()
    host.addController(this)
  }

  get isWide(): boolean {
    return wide.matches
  }

  hostConnected(): void {
    wide.addEventListener('change', this.#handleChange)
  }

  hostDisconnected(): void {
    wide.removeEventListener('change', this.#handleChange)
  }
}

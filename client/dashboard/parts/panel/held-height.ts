import type { ReactiveController, ReactiveControllerHost } from 'lit'

/**
 * Keeps what stands above a list at least as high as it was before a detail stood beside it. With less room it folds, and the rows would
 * move away from under the pointer that has just opened one. A window of another size begins anew.
 */
export class HeldHeight implements ReactiveController {
  /** Px; 0: as high as it is. */
  height = 0
  readonly #host: ReactiveControllerHost
  readonly #find: () => HTMLElement | null
  #isBeside = false

  constructor(host: ReactiveControllerHost, find: () => HTMLElement | null) {
    this.#host = host
    this.#find = find
    host.addController(this)
  }

  /** To be told before each drawing, while the page is still as it was. */
  hold(isBeside: boolean): void {
    if (isBeside === this.#isBeside) return
    this.#isBeside = isBeside
    this.height = isBeside ? (this.#find()?.getBoundingClientRect().height ?? 0) : 0
  }

  hostConnected(): void {
    addEventListener('resize', this.#handleResize)
  }

  hostDisconnected(): void {
    removeEventListener('resize', this.#handleResize)
  }

  readonly #handleResize = (): void => {
    if (this.height === 0) return
    this.height = 0
    this.#host.requestUpdate()
  }
}

import type { ReactiveController, ReactiveControllerHost } from 'lit'

/**
 * Tells a list in the window's own scroll when it was scrolled or the window changed. The window scrolls rather than a box within it, so
 * that zoom, phones, find-in-page and the space bar work as everywhere.
 */
export class ScrollController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement
  readonly #handleScroll: () => void
  readonly #observer: ResizeObserver

  constructor(host: ReactiveControllerHost & HTMLElement, handleScroll: () => void) {
    this.#host = host
    this.#handleScroll = handleScroll
    this.#observer = new ResizeObserver(handleScroll)
  }

  hostConnected(): void {
    addEventListener('scroll', this.#handleScroll, { passive: true })
    addEventListener('resize', this.#handleScroll)
    this.#observer.observe(this.#host)
  }

  hostDisconnected(): void {
    removeEventListener('scroll', this.#handleScroll)
    removeEventListener('resize', this.#handleScroll)
    this.#observer.disconnect()
  }
}

/** How many rows further down the first row still present of those on the screen has gone; 0 when none of them is left. */
export function readShift(
  before: readonly { id: string }[],
  after: readonly { id: string }[],
  firstOnScreen: number,
): number {
  if (before === after) return 0
  const places = new Map(after.map((each, place) => [each.id, place]))
  for (let place = Math.max(0, firstOnScreen); place < before.length; place += 1) {
    const moved = places.get(before[place]?.id ?? '')
    if (moved !== undefined) return moved - place
  }
  return 0
}

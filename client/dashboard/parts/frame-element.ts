import { LitElement } from 'lit'

// Two frames of 60 a second, and a little more (ms): a slower one means that drawing is more than this device can do on the side.
const SMOOTH = 40
// After a slow frame, the page is left alone for as long as it took, at most this long (ms): keys and scrolling come first.
const MOST_REST = 250

let frame: Promise<number> | undefined

/** One for all, so that all elements of a frame have measured before the first of them draws. */
function nextFrame(): Promise<number> {
  frame ??= new Promise((resolve) => {
    requestAnimationFrame((now) => {
      frame = undefined
      resolve(now)
    })
  })
  return frame
}

/**
 * An element that is drawn at most once a frame, however often it changes, less often where a frame takes long, and not at all while
 * nobody sees the page. For what follows the feed, which may say more in a second than an eye can take in. A change after a quiet moment
 * is in the very next frame.
 */
export class FrameElement extends LitElement {
  /** Not drawn again before, ms of the page's clock. */
  #restedAt = 0

  /** Reads of the page what drawing needs to know, while nothing of this frame is drawn yet and reading costs nothing. */
  protected measure(): void {
    // Most elements need to know nothing.
  }

  protected override async scheduleUpdate(): Promise<void> {
    let begun = await nextFrame()
    if (begun < this.#restedAt) {
      await new Promise((resolve) => setTimeout(resolve, this.#restedAt - begun))
      begun = await nextFrame()
    }
    this.measure()
    await Promise.resolve()
    await super.scheduleUpdate()
    // Not awaited: a change that comes meanwhile is drawn in that frame already.
    void this.#restAfter(begun)
  }

  async #restAfter(begun: number): Promise<void> {
    const next = await nextFrame()
    const took = next - begun
    if (took > SMOOTH) this.#restedAt = next + Math.min(took, MOST_REST)
  }
}

import { LitElement } from 'lit'

// A frame of 60 a second, and a little more (ms): slower ones mean that drawing is more than this device can do on the side.
const SMOOTH = 20
// After a slow frame, the page is left alone for twice as long as it took, at most this long (ms): keys and scrolling come first.
const MOST_REST = 250

// After drawing took a while (ms), others get the page for this many times as long: a fourth of the time is drawing at most.
const REST_TIMES = 3

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
  #rested: Promise<void> = Promise.resolve()

  /** Reads of the page what drawing needs to know, while nothing of this frame is drawn yet and reading costs nothing. */
  protected measure(): void {
    // Most elements need to know nothing.
  }

  protected override async scheduleUpdate(): Promise<void> {
    await this.#rested
    const begun = await nextFrame()
    this.measure()
    await Promise.resolve()
    const drawnFrom = performance.now()
    await super.scheduleUpdate()
    this.#rested = rest(begun, performance.now() - drawnFrom)
  }
}

async function rest(begun: number, drawing: number): Promise<void> {
  const took = (await nextFrame()) - begun
  const pause = Math.max(drawing * REST_TIMES - took, took > SMOOTH ? 2 * took : 0)
  if (pause > 0) await new Promise((resolve) => setTimeout(resolve, Math.min(pause, MOST_REST)))
}

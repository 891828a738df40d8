import { LitElement } from 'lit'

// A frame of 60 a second, and a little more (ms): slower ones mean that drawing is more than this device can do on the side.
const SMOOTH = 20
// After a slow frame, the page is left alone for twice as long as it took, at most this long (ms): keys and scrolling come first.
const MOST_REST = 250

const nextFrame = () => new Promise<number>(requestAnimationFrame)

/**
 * An element that is drawn at most once a frame, however often it changes, less often where a frame takes long, and not at all while
 * nobody sees the page. For what follows the feed, which may say more in a second than an eye can take in. A change after a quiet moment
 * is in the very next frame.
 */
export class FrameElement extends LitElement {
  #rested: Promise<void> = Promise.resolve()

  protected override async scheduleUpdate(): Promise<void> {
    await this.#rested
    const begun = await nextFrame()
    await super.scheduleUpdate()
    this.#rested = rest(begun)
  }
}

async function rest(begun: number): Promise<void> {
  const took = (await nextFrame()) - begun
  if (took > SMOOTH) await new Promise((resolve) => setTimeout(resolve, Math.min(2 * took, MOST_REST)))
}

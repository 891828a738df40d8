import { LitElement } from 'lit'

/**
 * An element that is drawn at most once a frame, however often it changes, and not at all while nobody sees the page. For what follows
 * the feed, which may say more in a second than an eye can.
 */
export class FrameElement extends LitElement {
  protected override async scheduleUpdate(): Promise<void> {
    await new Promise(requestAnimationFrame)
    await super.scheduleUpdate()
  }
}

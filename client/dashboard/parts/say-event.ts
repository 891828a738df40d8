/** Asks the page's one quiet voice (shell/live-announcer.ts) to tell people who do not see it what has just happened. */
export class SayEvent extends Event {
  readonly text: string

  constructor(text: string) {
    super('sv-say', { bubbles: true, composed: true })
    this.text = text
  }
}

declare global {
  interface WindowEventMap {
    'sv-say': SayEvent
  }
}

import type { LitElement, ReactiveController } from 'lit'
import { messages } from '../../messages.ts'
import { SayEvent } from '../say-event.ts'

// How long (ms) the tick stays that says "copied".
const SAID_FOR = 1500

/** Copies ids for its host, and knows for a moment which one it was. */
export class Copier implements ReactiveController {
  readonly #host: LitElement
  #timer: ReturnType<typeof setTimeout> | undefined
  /** What was copied a moment ago. */
  said: string | null = null

  constructor(host: LitElement) {
    this.#host = host
    host.addController(this)
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer)
    this.said = null
  }

  /** Where the browser does not let us, nothing is said. */
  async copy(value: string): Promise<void> {
    await navigator.clipboard.writeText(value)
    this.#say(value)
    this.#host.dispatchEvent(new SayEvent(messages.copy.done))
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#say(null), SAID_FOR)
  }

  #say(value: string | null): void {
    this.said = value
    this.#host.requestUpdate()
  }
}

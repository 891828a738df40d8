import type { PropertyValues } from 'lit'
import { html, LitElement } from 'lit'
import type { Status, Verification } from '../../../server/protocol.ts'
import type { Feed } from '../feed.ts'
import { messages } from '../messages.ts'
import type { SayEvent } from '../parts/say-event.ts'
import { base } from '../styles/base.ts'

// Screen readers hear at most one summary in this time (ms); every change on its own would drown the person.
const EVERY = 5000

/** Tells people who do not see the rows move what moved, in one sentence at a time. */
export class LiveAnnouncer extends LitElement {
  static override properties = { feed: { attribute: false }, said: { state: true } }
  static override styles = [base]
  declare feed: Feed | null
  declare said: string
  #moved = new Map<string, Status>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #unsubscribe: (() => void) | undefined

  constructor() {
    super()
    this.feed = null
    this.said = ''
  }

  override connectedCallback(): void {
    super.connectedCallback()
    addEventListener('sv-say', this.#handleSay)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    removeEventListener('sv-say', this.#handleSay)
    this.#unsubscribe?.()
    clearTimeout(this.#timer)
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('feed')) return
    this.#unsubscribe?.()
    this.#unsubscribe = this.feed?.subscribe((_state, news) => this.#collect(news?.changed ?? []))
  }

  protected override render() {
    return html`<p class="unseen" role="status">${this.said}</p>`
  }

  #handleSay = ({ text }: SayEvent): void => {
    this.said = text
  }

  #collect(verifications: readonly Verification[]): void {
    for (const each of verifications) this.#moved.set(each.id, each.status)
    if (this.#moved.size === 0) return
    this.#timer ??= setTimeout(() => {
      this.said = summarize([...this.#moved.values()])
      this.#moved.clear()
      this.#timer = undefined
    }, EVERY)
  }
}

/** "5 verifications changed: 3 approved, 2 declined". */
export function summarize(statuses: readonly Status[]): string {
  const tally = new Map<Status, number>()
  for (const status of statuses) tally.set(status, (tally.get(status) ?? 0) + 1)
  const parts = [...tally].map(
    ([status, count]) => `${messages.number(count)} ${messages.statuses[status].toLowerCase()}`,
  )
  return messages.announce(statuses.length, parts.join(', '))
}

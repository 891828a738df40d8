import { css, html, LitElement, nothing } from 'lit'
import type { Connection, FeedState } from '../feed-state.ts'
import { FEED_AT_START } from '../feed-state.ts'
import { messages } from '../messages.ts'
import type { IconName } from '../parts/icons.ts'
import { icon } from '../parts/icons.ts'
import type { Hue } from '../parts/status/status-look.ts'
import { ClockController } from '../parts/time/clock.ts'
import { formatClock, formatExact } from '../parts/time/time-format.ts'
import { explain } from '../parts/tooltip.ts'
import { base } from '../styles/base.ts'
import { hues } from '../styles/hues.ts'

// Every network blinks; only after this long (ms) is "reconnecting" told as "stale since".
const STALE_AFTER = 10_000

const LOOKS: Record<Connection, { hue: Hue; icon: IconName }> = {
  connecting: { hue: 'grey', icon: 'refresh' },
  waiting: { hue: 'cool', icon: 'refresh' },
  live: { hue: 'green', icon: 'live' },
  reconnecting: { hue: 'amber', icon: 'refresh' },
  offline: { hue: 'red', icon: 'offline' },
  refused: { hue: 'red', icon: 'leave' },
  outdated: { hue: 'amber', icon: 'refresh' },
}

/** Always visible: whether what stands on the screen is the truth of now, and if not, since when. Fires `sv-retry`, which bubbles. */
export class ConnectionPill extends LitElement {
  static override properties = { state: { attribute: false } }
  static override styles = [
    base,
    hues,
    css`
      :host {
        display: inline-flex;
        flex: none;
      }
      .pill {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        min-block-size: 26px;
        padding: 0 10px 0 8px;
        border: 1px solid var(--n-7);
        border-radius: 13px;
        background: var(--ground);
        color: var(--text);
        font-size: var(--size-12);
        font-weight: var(--medium);
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }
      .pill:not([data-kind='live'], [data-kind='connecting']) {
        border-color: var(--line);
        background: var(--soft);
        color: var(--text-hue);
      }
      .icon {
        inline-size: 14px;
        block-size: 14px;
        color: var(--line);
      }
      [data-kind='live'] .icon {
        inline-size: 16px;
        block-size: 16px;
      }
      button {
        padding: 0;
        border: 0;
        background: none;
        color: inherit;
        font: inherit;
        text-decoration: underline;
        cursor: pointer;
      }
      @media (prefers-reduced-motion: no-preference) {
        [data-busy] .icon {
          animation: turn 1.4s linear infinite;
        }
      }
      @keyframes turn {
        to {
          rotate: 1turn;
        }
      }
    `,
  ]
  declare state: FeedState

  constructor() {
    super()
    this.state = FEED_AT_START
    this.addController(new ClockController(this))
    explain(this, () => this.#readHint())
  }

  protected override render() {
    const { connection } = this.state
    const { hue, icon: shape } = LOOKS[connection]
    const busy = connection === 'connecting' || connection === 'waiting' || connection === 'reconnecting'
    return html`<span class="pill" role="status" data-kind=${connection} data-hue=${hue} ?data-busy=${busy} tabindex="0"
      >${icon(shape)}<span class="unseen">${messages.connection.label}: </span>${this.#readWord()}<span class="unseen"
        >. ${messages.connection.hints[connection]}</span
      >${
        connection === 'outdated'
          ? html`<button type="button" @click=${() => location.reload()}>${messages.connection.reload}</button>`
          : connection === 'reconnecting'
            ? html`<button type="button" @click=${this.#handleRetry}>${messages.connection.retry}</button>`
            : nothing
      }</span
    >`
  }

  readonly #handleRetry = (): void => {
    this.dispatchEvent(new Event('sv-retry', { bubbles: true, composed: true }))
  }

  #readWord(): string {
    const { connection, currentAt } = this.state
    const isStale =
      currentAt !== null &&
      (connection === 'offline' || (connection === 'reconnecting' && Date.now() - currentAt > STALE_AFTER))
    if (!isStale) return messages.connection[connection]
    const stale = messages.connection.stale(formatClock(currentAt))
    return connection === 'offline' ? `${messages.connection.offline} · ${stale}` : stale
  }

  #readHint(): string {
    const { connection, currentAt } = this.state
    const hint = messages.connection.hints[connection]
    return currentAt === null || connection === 'live'
      ? hint
      : `${hint} ${messages.connection.lastCurrent(formatExact(currentAt))}`
  }
}

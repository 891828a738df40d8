import { css, html, LitElement } from 'lit'
import type { SandboxClockState } from '../../../server/protocol.ts'
import type { ApiClient } from '../api/api-client.ts'
import { readErrorCode } from '../api/api-error.ts'
import { messages } from '../messages.ts'
import { SayEvent } from '../parts/say-event.ts'
import { formatClock, formatDay, formatDuration } from '../parts/time/time-format.ts'
import { base } from '../styles/base.ts'
import { controls } from '../styles/controls.ts'
import { fields } from '../styles/fields.ts'
import { requestClock } from './request-sandbox.ts'
import { sandboxStyles } from './sandbox-styles.ts'

const words = messages.sandbox.clock

// A clock that shows seconds.
const TICK = 1000

/** Both times side by side, and time let go by. Fires `sv-sent` when something may have been sent. */
export class ClockPanel extends LitElement {
  static override properties = {
    api: { attribute: false },
    clock: { attribute: false },
    offset: { type: Number },
    isBusy: { state: true },
    problem: { state: true },
  }
  static override styles = [
    base,
    controls,
    fields,
    sandboxStyles,
    css`
      dl {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: var(--space-16);
        margin-block-end: var(--space-12);
      }
      dt,
      .day {
        color: var(--text-quiet);
        font-size: var(--size-12);
      }
      .time,
      .day {
        display: block;
      }
      .time {
        font-size: var(--size-20);
        font-variant-numeric: tabular-nums;
        font-weight: var(--medium);
        line-height: 1.3;
      }
      .ahead .time {
        color: var(--accent-text);
      }
      .steps {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-8);
      }
      .waiting {
        margin-block-start: var(--space-12);
        color: var(--text-quiet);
        font-size: var(--size-13);
      }
    `,
  ]
  declare api: ApiClient
  declare clock: SandboxClockState
  /** What to add to this device's clock for the sandbox's time, ms. */
  declare offset: number
  declare isBusy: boolean
  declare problem: string | null
  #timer: ReturnType<typeof setInterval> | undefined

  constructor() {
    super()
    this.offset = 0
    this.isBusy = false
    this.problem = null
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#timer = setInterval(() => this.requestUpdate(), TICK)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearInterval(this.#timer)
  }

  protected override render() {
    const { aheadMs, waiting } = this.clock
    const now = Date.now() + this.offset
    const isAhead = aheadMs > 0
    return html`<h2>${words.title}</h2>
      <p class="lead">${words.lead}</p>
      <dl>
        ${this.#renderTime(words.sandbox, now, isAhead ? sayAhead(aheadMs) : words.same, isAhead)}
        ${this.#renderTime(words.real, now - aheadMs, '', false)}
      </dl>
      <fieldset>
        <legend>${words.forward}</legend>
        <span class="steps">
          ${words.steps.map(
            ([ms, word]) =>
              html`<button
                class="button"
                type="button"
                ?disabled=${this.isBusy}
                @click=${() => this.#move({ advanceMs: ms })}
              >
                + ${word}
              </button>`,
          )}
          <button
            class="button"
            type="button"
            ?disabled=${this.isBusy || !isAhead}
            @click=${() => this.#move({ reset: true })}
          >
            ${words.reset}
          </button>
        </span>
      </fieldset>
      <p class="waiting" role="status">${this.isBusy ? words.passing : words.waiting(waiting)}</p>
      ${this.problem === null ? '' : html`<p class="problem" role="alert">${this.problem}</p>`}`
  }

  #renderTime(word: string, at: number, beneath: string, isAhead: boolean) {
    return html`<div class=${isAhead ? 'ahead' : ''}>
      <dt>${word}</dt>
      <dd>
        <time class="time" datetime=${new Date(at).toISOString()}>${formatClock(at)}</time>
        <span class="day">${formatDay(at)}</span>
        <span class="day">${beneath}</span>
      </dd>
    </div>`
  }

  async #move(change: { advanceMs: number } | { reset: true }): Promise<void> {
    this.isBusy = true
    this.problem = null
    try {
      this.clock = await requestClock(this.api, change)
      this.offset = Date.parse(this.clock.now) - Date.now()
      const { aheadMs } = this.clock
      this.dispatchEvent(new SayEvent(aheadMs > 0 ? sayAhead(aheadMs) : words.same))
    } catch (error) {
      this.problem = messages.failures[readErrorCode(error)]
    }
    this.isBusy = false
    this.dispatchEvent(new Event('sv-sent'))
  }
}

/** To the second: a clock that was put ahead by a day is not "23 h 59 min" ahead. */
function sayAhead(ms: number): string {
  return words.ahead(formatDuration(Math.round(ms / 1000) * 1000))
}

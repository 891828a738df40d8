import { css, html, LitElement } from 'lit'
import type { SandboxChaos } from '../../../server/protocol.ts'
import type { ApiClient } from '../api/api-client.ts'
import { readErrorCode } from '../api/api-error.ts'
import { messages } from '../messages.ts'
import { renderSegments } from '../parts/fields/render-fields.ts'
import { formatClock } from '../parts/time/time-format.ts'
import { base } from '../styles/base.ts'
import { controls } from '../styles/controls.ts'
import { fields } from '../styles/fields.ts'
import type { ChaosChange } from './request-sandbox.ts'
import { requestChaos } from './request-sandbox.ts'
import { sandboxStyles } from './sandbox-styles.ts'

const words = messages.sandbox.chaos

const DIALS = ['duplicate', 'reorder', 'delay', 'drop', 'corrupt', 'revoke'] as const
type Dial = (typeof DIALS)[number]

const PRESETS = ['calm', 'unruly', 'storm'] as const
type Preset = (typeof PRESETS)[number]

/** Shares that tell a day with hiccups from one where little arrives as it was sent. */
const SHARES: Record<Preset, Record<Dial, number>> = {
  calm: { duplicate: 0, reorder: 0, delay: 0, drop: 0, corrupt: 0, revoke: 0 },
  unruly: { duplicate: 0.2, reorder: 0.3, delay: 0, drop: 0.1, corrupt: 0.05, revoke: 0 },
  storm: { duplicate: 0.5, reorder: 0.6, delay: 0.1, drop: 0.4, corrupt: 0.2, revoke: 0.2 },
}

// As long as one mostly wants to see nothing arrive: two of SEON's retries fall into it (ms).
const CUT_MS = 300_000

/** The mishaps that deliveries meet with. What stands here is what the sandbox said last, never what was only asked for. */
export class ChaosDial extends LitElement {
  static override properties = {
    api: { attribute: false },
    chaos: { attribute: false },
    problem: { state: true },
  }
  static override styles = [
    base,
    controls,
    fields,
    sandboxStyles,
    css`
      .dials {
        display: grid;
        gap: var(--space-12);
        margin-block: var(--space-16);
      }
      .dial {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 44px;
        gap: 0 var(--space-12);
        align-items: center;
      }
      .dial .hint {
        grid-column: 1 / -1;
      }
      .share {
        color: var(--text-quiet);
        font-variant-numeric: tabular-nums;
        font-weight: var(--regular);
        text-align: end;
      }
      .on .share {
        color: var(--accent-text);
        font-weight: var(--medium);
      }
      input[type='range'] {
        grid-column: 1 / -1;
        inline-size: 100%;
        block-size: 24px;
        margin: 0;
        accent-color: var(--accent-line);
      }
      .line {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-8) var(--space-16);
        padding-block: var(--space-12);
        border-block-start: 1px solid var(--hairline);
        font-size: var(--size-13);
      }
      .line label {
        grid-template-columns: auto 96px;
        align-items: center;
        gap: var(--space-12);
      }
      .line p {
        flex: 1 1 180px;
        color: var(--text-quiet);
      }
      .line .cut {
        color: var(--red-text);
      }
    `,
  ]
  declare api: ApiClient
  declare chaos: SandboxChaos
  declare problem: string | null

  constructor() {
    super()
    this.problem = null
  }

  protected override render() {
    const { chaos } = this
    const preset = PRESETS.find((each) => DIALS.every((dial) => SHARES[each][dial] === chaos[dial])) ?? null
    const { outageUntil } = chaos
    return html`<h2>${words.title}</h2>
      <p class="lead">${words.lead}</p>
      ${renderSegments<Preset>({
        name: 'preset',
        label: words.preset,
        chosen: preset,
        options: PRESETS,
        names: words.presets,
        choose: (each) => void this.#turn(SHARES[each]),
      })}
      <div class="dials">${DIALS.map((dial) => this.#renderDial(dial))}</div>
      <div class="line">
        <p class=${outageUntil === null ? '' : 'cut'} role="status">
          ${outageUntil === null ? words.whole : words.cutUntil(formatClock(Date.parse(outageUntil)))}
        </p>
        <button
          class="button"
          type="button"
          @click=${() => void this.#turn({ outageMs: outageUntil === null ? CUT_MS : 0 })}
        >
          ${outageUntil === null ? words.cut : words.uncut}
        </button>
      </div>
      <div class="line">
        <label
          >${words.seed}<input
            class="field"
            type="number"
            step="1"
            required
            .value=${String(chaos.seed)}
            @change=${this.#handleSeed}
        /></label>
      </div>
      ${this.problem === null ? '' : html`<p class="problem" role="alert">${this.problem}</p>`}`
  }

  #renderDial(dial: Dial) {
    const share = this.chaos[dial]
    const [word, hint] = words.dials[dial]
    return html`<label class="dial ${share > 0 ? 'on' : ''}">
      <span>${word}</span><span class="share" aria-hidden="true">${words.percent(share)}</span>
      <input
        type="range"
        min="0"
        max="1"
        step="0.05"
        aria-valuetext=${words.percent(share)}
        .value=${String(share)}
        @change=${(event: Event) => this.#handleDial(dial, event)}
      />
      <span class="hint">${hint}</span>
    </label>`
  }

  #handleDial(dial: Dial, { target }: Event): void {
    if (!(target instanceof HTMLInputElement)) return
    // The knob stands where it was asked to; where that failed it goes back.
    void this.#turn({ [dial]: target.valueAsNumber }).then(() => (target.value = String(this.chaos[dial])))
  }

  #handleSeed = ({ target }: Event): void => {
    if (target instanceof HTMLInputElement && target.validity.valid) void this.#turn({ seed: target.valueAsNumber })
  }

  async #turn(change: ChaosChange): Promise<void> {
    this.problem = null
    try {
      this.chaos = await requestChaos(this.api, change)
    } catch (error) {
      this.problem = messages.failures[readErrorCode(error)]
    }
    this.dispatchEvent(new Event('sv-sent'))
  }
}

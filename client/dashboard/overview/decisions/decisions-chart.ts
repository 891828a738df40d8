import type { PropertyValues } from 'lit'
import { html, LitElement } from 'lit'
import type UPlot from 'uplot'
import type { Statistics } from '../../../../server/protocol.ts'
import { messages } from '../../messages.ts'
import { icon } from '../../parts/icons.ts'
import { base } from '../../styles/base.ts'
import { controls } from '../../styles/controls.ts'
import { tableStyles } from '../../styles/table.ts'
import { formatBucket, isHourly } from './bucket-format.ts'
import type { PlotLook } from './create-plot.ts'
import { decisionsChartStyles } from './decisions-chart-styles.ts'

const words = messages.overview.decisions
const VERDICTS = ['approved', 'review', 'declined'] as const

// What the colours are made of changes with these, and a canvas does not hear of it.
const schemes = ['(prefers-color-scheme: dark)', '(forced-colors: active)'].map((query) => matchMedia(query))

/** Verdicts over time as stacked bars, and the same as a table. The plotting library comes when there is something to plot. */
export class DecisionsChart extends LitElement {
  static override properties = {
    statistics: { attribute: false },
    pointed: { state: true },
    asTable: { state: true },
  }
  static override styles = [base, controls, tableStyles, decisionsChartStyles]
  declare statistics: Statistics
  /** The bucket under the pointer. */
  declare pointed: number | null
  declare asTable: boolean
  #plot: UPlot | null = null
  #drawing = 0
  readonly #observer = new ResizeObserver(() => this.#fit())

  constructor() {
    super()
    this.pointed = null
    this.asTable = false
  }

  override connectedCallback(): void {
    super.connectedCallback()
    addEventListener('sv-preferences', this.#redraw)
    for (const scheme of schemes) scheme.addEventListener('change', this.#redraw)
    this.#observer.observe(this)
    if (this.hasUpdated) void this.#draw()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    removeEventListener('sv-preferences', this.#redraw)
    for (const scheme of schemes) scheme.removeEventListener('change', this.#redraw)
    this.#observer.disconnect()
    this.#forget()
  }

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('statistics')
    const isOther = before !== undefined && before.bucketMs !== this.statistics.bucketMs
    if (changed.has('asTable') || isOther || this.#plot === null) {
      if (changed.has('asTable') || changed.has('statistics')) void this.#draw()
    } else if (changed.has('statistics')) void this.#feed(this.#plot)
  }

  protected override render() {
    const { bucketMs, decisions } = this.statistics
    return html`<section aria-labelledby="decisions">
      <div class="head">
        <div>
          <h2 id="decisions">${words.title}</h2>
          <p class="lead">${isHourly(bucketMs) ? words.hourly : words.daily}</p>
        </div>
        <button
          class="button"
          type="button"
          aria-pressed=${this.asTable}
          @click=${this.#handleTable}
        >
          ${icon(this.asTable ? 'overview' : 'table')}${this.asTable ? words.hideTable : words.showTable}
        </button>
      </div>
      ${this.#renderLegend()}
      <span class="axis" hidden></span><span class="grid" hidden></span><span class="paper" hidden></span>
      ${
        this.asTable
          ? html`<div class="table" tabindex="0" role="region" aria-labelledby="decisions">${this.#renderTable()}</div>`
          : decisions.length === 0
            ? html`<p class="nothing">${words.none}</p>`
            : html`<div class="plot" role="img" aria-label=${this.#spell()}></div>`
      }
    </section>`
  }

  #renderLegend() {
    const { decided, decisions, bucketMs } = this.statistics
    const bucket = this.pointed === null ? undefined : decisions[this.pointed]
    const shown = bucket ?? decided
    return html`<div class="legend">
      ${VERDICTS.map(
        (each) =>
          html`<span class="each"><i class="swatch ${each}"></i>${words[each]} <b>${messages.number(shown[each])}</b></span>`,
      )}
      <span class="when">${bucket ? formatBucket(Date.parse(bucket.at), bucketMs) : words.whole}</span>
    </div>`
  }

  #renderTable() {
    const { decisions, bucketMs } = this.statistics
    // Nights and weekends without a decision would bury the rest.
    const rows = decisions.filter((each) => VERDICTS.some((verdict) => each[verdict] > 0)).toReversed()
    if (rows.length === 0) return html`<p class="nothing">${words.none}</p>`
    return html`<table aria-labelledby="decisions">
      <thead>
        <tr>
          <th scope="col">${isHourly(bucketMs) ? words.at.hour : words.at.day}</th>
          ${VERDICTS.map((each) => html`<th scope="col" class="number">${words[each]}</th>`)}
          <th scope="col" class="number">${words.total}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (each) =>
            html`<tr>
              <th scope="row">${formatBucket(Date.parse(each.at), bucketMs)}</th>
              ${VERDICTS.map((verdict) => html`<td class="number">${messages.number(each[verdict])}</td>`)}
              <td class="number">${messages.number(each.approved + each.review + each.declined)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`
  }

  #spell(): string {
    const { decided } = this.statistics
    return `${words.title}: ${VERDICTS.map((each) => `${messages.number(decided[each])} ${words[each].toLowerCase()}`).join(', ')}`
  }

  get #place(): HTMLElement | null {
    return this.renderRoot.querySelector('.plot')
  }

  #handleTable = (): void => {
    this.asTable = !this.asTable
  }

  #redraw = (): void => void this.#draw()

  async #draw(): Promise<void> {
    const turn = ++this.#drawing
    const { createPlot, stackDecisions } = await import('./create-plot.ts').catch(() => ({
      createPlot: null,
      stackDecisions: null,
    }))
    const place = this.#place
    if (turn !== this.#drawing || !this.isConnected) return
    this.#forget()
    // Without the library (its chunk is out of reach) the table says the same.
    if (createPlot === null) this.asTable = true
    if (createPlot === null || place === null) return
    const { bucketMs, decisions } = this.statistics
    const handleCursor = (index: number | null) => (this.pointed = index)
    this.#plot = createPlot(
      place,
      { ...readSize(place), bucketMs, look: this.#readLook(), handleCursor },
      stackDecisions(decisions),
    )
  }

  async #feed(plot: UPlot): Promise<void> {
    const { stackDecisions } = await import('./create-plot.ts')
    if (plot === this.#plot) plot.setData(stackDecisions(this.statistics.decisions))
  }

  #forget(): void {
    this.#plot?.destroy()
    this.#plot = null
    this.pointed = null
  }

  #fit(): void {
    const place = this.#place
    if (this.#plot === null || place === null) return
    const size = readSize(place)
    if (size.width !== this.#plot.width || size.height !== this.#plot.height) this.#plot.setSize(size)
  }

  #readLook(): PlotLook {
    const read = (part: string) => {
      const element = this.renderRoot.querySelector(part)
      return element ? getComputedStyle(element).color : 'CanvasText'
    }
    return {
      approved: read('.swatch.approved'),
      review: read('.swatch.review'),
      declined: read('.swatch.declined'),
      ground: read('.paper'),
      line: read('.grid'),
      text: read('.axis'),
      font: readFont(this.renderRoot.querySelector('.axis') ?? this),
    }
  }
}

/** In px, the only unit that the plot's ticks are written in. */
function readFont(element: Element): string {
  const { fontSize, fontFamily } = getComputedStyle(element)
  return `${fontSize} ${fontFamily}`
}

function readSize(place: HTMLElement): { width: number; height: number } {
  return { width: Math.max(1, Math.floor(place.clientWidth)), height: Math.max(1, Math.floor(place.clientHeight)) }
}

import type { PropertyDeclarations, PropertyValues, TemplateResult } from 'lit'
import { html, nothing } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { messages } from '../messages.ts'
import { FrameElement } from '../parts/frame-element.ts'
import { icon } from '../parts/icons.ts'
import type { Hue } from '../parts/status/status-look.ts'
import { Copier } from '../parts/text/copier.ts'
import { idStyles, renderId } from '../parts/text/render-id.ts'
import { ClockController } from '../parts/time/clock.ts'
import { timeStyles } from '../parts/time/render-time.ts'
import { NavigateEvent } from '../routing/navigate-event.ts'
import { formatRoute, parseRoute, type Route } from '../routing/route.ts'
import { isShortcut } from '../shell/shortcuts/shortcut.ts'
import { base } from '../styles/base.ts'
import { controls } from '../styles/controls.ts'
import { hues } from '../styles/hues.ts'
import { rowStyles } from './row-styles.ts'
import { readShift, ScrollController } from './scroll.ts'
import { readVisibleRange } from './visible-range.ts'

// Rows left below the screen when the next page is asked for: about one screen.
const MORE_AT = 25

// How long (ms) a row glows that has moved.
const GLOW = 1000
// Where more rows than these (of some twenty on a screen) move in that time, none stands out, and drawing them all has its price.
const MOST_GLOWING = 8

const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)')

/**
 * Rows in the window's scroll, of which only those near the screen are in the page. What is looked at stays where it is: rows that enter
 * above it move the scroll, not the eye, and are counted in a button. Focus stays on the grid and names its active row, so that no row
 * that comes or goes can take it along. Fires `sv-more` near the end. What a row looks like, its subclass says.
 */
export abstract class RowList<Row extends { id: string }> extends FrameElement {
  static override properties: PropertyDeclarations = {
    items: { attribute: false },
    hasMore: { type: Boolean },
    open: {},
    follow: { type: Boolean },
    active: { state: true },
    newAbove: { state: true },
  }
  static override styles = [base, controls, hues, idStyles, timeStyles, rowStyles]
  declare items: readonly Row[]
  declare hasMore: boolean
  /** The id of the row shown in the panel. */
  declare open: string | null
  /** The panel stands beside the list: moving through the rows shows each. */
  declare follow: boolean
  declare active: string | null
  declare newAbove: number

  /** What the list is of, for assistive technology. */
  protected abstract readonly label: string
  /** Changes when the row has moved, and then it glows once. */
  protected abstract readVersion(row: Row): unknown
  protected abstract readHue(row: Row): Hue
  /** The id that the key `c` copies. */
  protected abstract readCopied(row: Row): string
  /** The column heads, `role="columnheader"`. */
  protected abstract renderHeads(): TemplateResult | TemplateResult[]
  /**
   * The cells, `role="gridcell"`, as many as there are heads. Plain markup: an element of its own for each badge, id and time would make
   * a hundred shadow roots of a screen.
   */
  protected abstract renderCells(row: Row): TemplateResult

  #measured: number | undefined
  #first = 0
  #shift = 0
  #moved = new Set<string>()
  #drawn = { first: 0, end: 0 }
  /** When rows moved last, as far back as they would still glow; ms of the page's clock. */
  #movedAt: number[] = []
  #route: Route = parseRoute('')
  readonly #copier = new Copier(this)
  /** Px from the screen's top to the first row, and to where rows come out from under the heads, as of the frame's beginning. */
  #top = 0
  #covered = 0

  constructor() {
    super()
    this.items = []
    this.hasMore = false
    this.open = null
    this.follow = false
    this.active = null
    this.newAbove = 0
    this.addController(new ScrollController(this, () => this.#handleScroll()))
    this.addController(new ClockController(this))
  }

  override connectedCallback(): void {
    super.connectedCallback()
    addEventListener('keydown', this.#handleKey)
    addEventListener('sv-preferences', this.#handlePreferences)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    removeEventListener('keydown', this.#handleKey)
    removeEventListener('sv-preferences', this.#handlePreferences)
  }

  protected override measure(): void {
    this.#top = this.#readTop()
    this.#covered = this.#readCovered()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // The first rows are there the sooner the fewer they are; those beyond the edges come in the frame after.
    const margin = this.hasUpdated ? undefined : 0
    this.#drawn = readVisibleRange(this.items.length, this.#rowHeight, this.#top, innerHeight, margin)
    this.#route = parseRoute(location.search)
    const before = changed.get('items')
    if (changed.has('open') && this.open) this.active = this.open
    this.#shift = 0
    if (!before || before.length === 0) return
    const versions = new Map(before.map((each) => [each.id, this.readVersion(each)]))
    for (const each of this.items) if (versions.get(each.id) !== this.readVersion(each)) this.#moved.add(each.id)
    if (!this.#isHeld()) return
    this.#shift = readShift(before, this.items, this.#first)
    if (this.#shift > 0) this.newAbove += this.#shift
  }

  protected override render() {
    const { first, end } = this.#drawn
    const rows = this.items.slice(first, end).map((each, place) => ({ each, place: first + place }))
    const active = this.active === null ? -1 : this.items.findIndex((each) => each.id === this.active)
    const outside = this.items[active]
    // The row that the grid names as active must be in the page, wherever the scroll is.
    if (outside && (active < first || active >= end)) rows.push({ each: outside, place: active })
    const height = this.#rowHeight
    return html`<div
      role="grid"
      tabindex="0"
      aria-label=${this.label}
      aria-rowcount=${this.hasMore ? -1 : this.items.length + 1}
      aria-activedescendant=${outside ? `row-${outside.id}` : nothing}
    >
      <div class="heads line" role="row" aria-rowindex="1">${this.renderHeads()}</div>
      ${
        this.newAbove > 0
          ? html`<div class="above" role="presentation">
            <button class="button main" type="button" tabindex="-1" @click=${this.#showTop}>
              ${icon('up')}${messages.rows.newAbove(this.newAbove)}
            </button>
          </div>`
          : nothing
      }
      <div
        class="rows"
        role="rowgroup"
        .style=${`block-size: ${this.items.length * height}px`}
        @click=${this.#handleClick}
      >
        ${repeat(
          rows,
          ({ each }) => each.id,
          ({ each, place }) => this.#renderRow(each, place, place * height),
        )}
      </div>
    </div>`
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (this.#shift !== 0) scrollBy({ top: this.#shift * this.#rowHeight, behavior: 'instant' })
    // Rows that only moved within a list that is not scrolled leave everything where it was measured before.
    const isAsMeasured = this.#shift === 0 && this.newAbove === 0 && (changed.get('items')?.length ?? 0) > 0
    if (isAsMeasured) this.#askMoreAt(this.#drawn.end)
    else this.#handleScroll()
    // Last, as it changes styles: measuring after it would make the browser work them out twice a frame.
    if (this.#moved.size > 0 && !reducedMotion.matches) this.#glow()
    this.#moved.clear()
  }

  /** Takes the focus, at the row that was active or else at the first. */
  enter(): void {
    if (this.items.length === 0) return
    if (!this.items.some(({ id }) => id === this.active)) this.active = this.items[0]?.id ?? null
    this.#grid?.focus({ preventScroll: true })
  }

  /** The address that opens a row beside this list. */
  protected linkTo({ id }: Row): string {
    return formatRoute({ ...this.#route, open: id })
  }

  protected renderId(value: string): TemplateResult {
    return renderId(value, this.#copier, { skipped: true })
  }

  #renderRow(each: Row, place: number, top: number) {
    // The place is set as a property: `styleMap` would write a style attribute first, which the page's Content-Security-Policy forbids.
    return html`<div
      id="row-${each.id}"
      class="row line ${each.id === this.active ? 'active' : ''}"
      role="row"
      data-id=${each.id}
      data-hue=${this.readHue(each)}
      aria-rowindex=${place + 2}
      aria-selected=${each.id === this.open}
      .style=${`transform: translateY(${top}px)`}
    >
      ${this.renderCells(each)}
    </div>`
  }

  /** The place behind the last row that is in the page, counted from the list's top. */
  get drawnEnd(): number {
    return this.#drawn.end
  }

  /** Kept until the preferences change: reading it makes the browser work out all styles. */
  get #rowHeight(): number {
    this.#measured ??= Number.parseFloat(getComputedStyle(this).getPropertyValue('--row')) || 40
    return this.#measured
  }

  get #grid(): HTMLElement | null {
    return this.renderRoot.querySelector('[role=grid]')
  }

  /** Px from the screen's top to the first row. */
  #readTop(): number {
    return this.renderRoot.querySelector('.rows')?.getBoundingClientRect().top ?? this.getBoundingClientRect().top
  }

  /** Px at the screen's top that the title line and the column heads cover. */
  #readCovered(): number {
    const heads = this.renderRoot.querySelector('.heads')
    return heads ? Math.max(0, heads.getBoundingClientRect().bottom) : 0
  }

  #readRange() {
    return readVisibleRange(this.items.length, this.#rowHeight, this.#readTop(), innerHeight)
  }

  /** Whether somebody is looking at certain rows: scrolled to, or moving through them by keyboard. */
  #isHeld(): boolean {
    this.#first = Math.floor((this.#covered - this.#top) / this.#rowHeight)
    return this.#first > 0 || this.matches(':focus-within')
  }

  #glow(): void {
    const now = performance.now()
    const rows = [...this.renderRoot.querySelectorAll<HTMLElement>('[role=row][data-id]')]
    const moved = rows.filter((row) => this.#moved.has(row.dataset['id'] ?? ''))
    this.#movedAt = [...this.#movedAt.filter((at) => now - at < GLOW), ...moved.map(() => now)]
    if (this.#movedAt.length > MOST_GLOWING) return
    for (const row of moved) {
      row.animate([{ backgroundColor: 'var(--glow-hue)' }, {}], { duration: GLOW, easing: 'ease-out' })
    }
  }

  #handleScroll(): void {
    const { first, end } = this.#readRange()
    if (first !== this.#drawn.first || end !== this.#drawn.end) this.requestUpdate()
    if (this.newAbove > 0 && this.#readTop() >= this.#readCovered() - 1) this.newAbove = 0
    this.#askMoreAt(end)
  }

  #askMoreAt(end: number): void {
    if (this.hasMore && end > this.items.length - MORE_AT) this.dispatchEvent(new Event('sv-more'))
  }

  #handlePreferences = (): void => {
    this.#measured = undefined
    this.requestUpdate()
  }

  #showTop = (): void => {
    this.newAbove = 0
    scrollTo({ top: 0, behavior: 'instant' })
  }

  #handleClick = (event: Event): void => {
    const path = event.composedPath()
    if (path.some((each) => each instanceof HTMLAnchorElement)) return
    const row = path.find((each) => each instanceof HTMLElement && each.matches('[data-id]'))
    if (row instanceof HTMLElement) this.#openRow(row.dataset['id'] ?? '')
  }

  #openRow(id: string, replace = false): void {
    this.active = id
    this.dispatchEvent(new NavigateEvent({ open: id }, replace))
  }

  #handleKey = (event: KeyboardEvent): void => {
    const inGrid = event.composedPath().includes(this.#grid ?? this)
    if (!isShortcut(event) || this.items.length === 0) return
    const page = Math.max(1, Math.floor((innerHeight - this.#readCovered()) / this.#rowHeight) - 1)
    const steps: Record<string, number | undefined> = inGrid
      ? { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity }
      : { j: 1, k: -1 }
    const step = steps[event.key]
    if (step !== undefined) this.#move(step)
    else if (inGrid && event.key === 'Enter' && this.active) this.#openRow(this.active)
    else if (inGrid && event.key === 'c' && this.active) this.#copy(this.active)
    else return
    event.preventDefault()
  }

  #move(step: number): void {
    const from = this.items.findIndex((each) => each.id === this.active)
    const start = from === -1 ? Math.max(0, this.#first) - Math.sign(step) * (step > 0 ? 1 : 0) : from
    const place = Math.max(0, Math.min(this.items.length - 1, start + step))
    const id = this.items[place]?.id
    if (!id) return
    this.active = id
    this.#grid?.focus({ preventScroll: true })
    this.#bringIntoView(place)
    if (this.follow && this.open && this.open !== id) this.#openRow(id, true)
  }

  #bringIntoView(place: number): void {
    const height = this.#rowHeight
    const top = this.#readTop() + place * height
    const covered = this.#readCovered()
    if (top < covered) scrollBy({ top: top - covered, behavior: 'instant' })
    else if (top + height > innerHeight) scrollBy({ top: top + height - innerHeight, behavior: 'instant' })
  }

  #copy(id: string): void {
    const row = this.items.find((each) => each.id === id)
    if (row) this.#copier.copy(this.readCopied(row)).catch(() => undefined)
  }
}

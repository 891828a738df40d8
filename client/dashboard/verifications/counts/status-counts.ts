import type { PropertyValues } from 'lit'
import { html, nothing } from 'lit'
import type { Counts, Status } from '../../../../server/protocol.ts'
import { messages } from '../../messages.ts'
import { FrameElement } from '../../parts/frame-element.ts'
import { icon } from '../../parts/icons.ts'
import { STATUS_LOOKS } from '../../parts/status/status-look.ts'
import { NavigateEvent } from '../../routing/navigate-event.ts'
import { base } from '../../styles/base.ts'
import { hues } from '../../styles/hues.ts'
import { countsStyles } from './counts-styles.ts'
import type { Group } from './groups.ts'
import { GROUPS } from './groups.ts'

// As long as a changed row (ms).
const GLOW = 1000

/** The big figures, moving as the feed moves; each status under them filters the list. */
export class StatusCounts extends FrameElement {
  static override properties = { counts: { attribute: false }, chosen: { attribute: false } }
  static override styles = [base, hues, countsStyles]
  declare counts: Counts | null
  declare chosen: readonly Status[]
  #moved = new Set<Status>()
  readonly #movedAt = new WeakMap<Element, number>()

  constructor() {
    super()
    this.counts = null
    this.chosen = []
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('counts')
    this.#moved.clear()
    for (const { statuses } of before && this.counts ? GROUPS : []) {
      for (const status of statuses) {
        if (before?.[status] !== this.counts?.[status]) this.#moved.add(status)
      }
    }
  }

  protected override updated(): void {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return
    const now = performance.now()
    for (const status of this.#moved) {
      const figure = this.renderRoot
        .querySelector(`[data-status="${status}"]`)
        ?.closest('section')
        ?.querySelector('.figure')
      if (!figure) continue
      const movedAt = this.#movedAt.get(figure) ?? -Infinity
      this.#movedAt.set(figure, now)
      // One that never rests would glow for ever, and be drawn for nothing.
      if (now - movedAt < GLOW) continue
      // Restarting a CSS animation would need a reflow for each; the browser's own animation starts over by itself.
      figure.animate([{ backgroundColor: 'var(--glow-hue)' }, { backgroundColor: 'transparent' }], {
        duration: GLOW,
        easing: 'ease-out',
      })
    }
  }

  protected override render() {
    return html`<h2 class="unseen">${messages.counts.title}</h2>
      <div class="groups" aria-busy=${this.counts === null}>${GROUPS.map((group) => this.#renderGroup(group))}</div>`
  }

  #renderGroup({ name, hue, statuses }: Group) {
    const { counts } = this
    const sum = counts ? statuses.reduce((total, status) => total + counts[status], 0) : null
    const overdue = name === 'open' && counts ? counts.overdue : 0
    const several = statuses.length > 1
    const all = statuses.every((status) => this.chosen.includes(status))
    return html`<section data-hue=${hue} aria-label=${messages.counts.groups[name]}>
      <button
        class="head"
        type="button"
        data-status=${several ? nothing : statuses[0]}
        aria-pressed=${all}
        @click=${() => this.#choose(all ? [] : statuses)}
      >
        <span class="name">${several ? nothing : icon(statuses[0] ?? 'created')}${messages.counts.groups[name]}</span>
        <span class="figure">${sum === null ? html`<span class="skeleton"></span>` : messages.number(sum)}</span>
        ${overdue > 0 ? html`<span class="overdue">${icon('overdue')}${messages.counts.overdue(overdue)}</span>` : nothing}
      </button>
      ${
        several
          ? html`<ul>
            ${statuses.map((status) => this.#renderStatus(status))}
          </ul>`
          : nothing
      }
    </section>`
  }

  #renderStatus(status: Status) {
    const count = this.counts === null ? '' : messages.number(this.counts[status])
    const pressed = this.chosen.length === 1 && this.chosen[0] === status
    return html`<li data-hue=${STATUS_LOOKS[status].hue}>
      <button
        class="status"
        type="button"
        data-status=${status}
        aria-pressed=${pressed}
        @click=${() => this.#choose(pressed ? [] : [status])}
      >
        ${icon(status)}<span>${messages.statuses[status]}</span><span class="count">${count}</span>
      </button>
    </li>`
  }

  #choose(statuses: readonly Status[]): void {
    this.dispatchEvent(new NavigateEvent({ statuses }))
  }
}

import { html, LitElement } from 'lit'
import type { Sort, Status } from '../../../../server/protocol.ts'
import { SORTS, STATUSES, VENDORS } from '../../../../server/protocol.ts'
import { messages } from '../../messages.ts'
import { icon } from '../../parts/icons.ts'
import { renderSelect } from '../../parts/select.ts'
import { nameWorkflow } from '../../parts/text/workflow-name.ts'
import { NavigateEvent } from '../../routing/navigate-event.ts'
import type { Order, Route } from '../../routing/route.ts'
import { ENVIRONMENTS, PERIODS } from '../../routing/route.ts'
import { isShortcut } from '../../shell/shortcuts/shortcut.ts'
import { base } from '../../styles/base.ts'
import { controls } from '../../styles/controls.ts'
import { listFiltersStyles } from './list-filters-styles.ts'
import { countFilters, WITHOUT_FILTERS } from './list-query.ts'

const words = messages.list

type SortedBy = `${Sort}-${Order}`
const SORTED_BY = [
  'createdAt-desc',
  'createdAt-asc',
  'updatedAt-desc',
  'updatedAt-asc',
  'decidedAt-desc',
  'decidedAt-asc',
] as const satisfies readonly SortedBy[]
const NEWEST_FIRST: SortedBy = 'createdAt-desc'

// Typing is taken as done after this pause (ms); asking for each letter would only flicker.
const TYPED_AFTER = 250

/**
 * Search and filters; what belongs beside them goes into the slot. Filters go into the address; the searched text only to `sv-search`, as
 * it may name a person. Fires `sv-to-rows` where the keyboard goes on from the search to what it found.
 */
export class ListFilters extends LitElement {
  static override properties = {
    route: { attribute: false },
    workflows: { attribute: false },
    search: {},
    isOpen: { state: true },
  }
  static override styles = [base, controls, listFiltersStyles]
  declare route: Route
  /** What there is to choose from. */
  declare workflows: readonly string[]
  declare search: string
  /** Whether a narrow list shows the filters. */
  declare isOpen: boolean
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor() {
    super()
    this.workflows = []
    this.search = ''
    this.isOpen = false
  }

  override connectedCallback(): void {
    super.connectedCallback()
    addEventListener('keydown', this.#handleKey)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    removeEventListener('keydown', this.#handleKey)
    clearTimeout(this.#timer)
  }

  get #field(): HTMLInputElement | null {
    return this.renderRoot.querySelector('input')
  }

  protected override render() {
    const count = countFilters(this.route)
    return html`<search class="filters">
      <span class="search">
        ${icon('search')}
        <input
          class="field"
          type="search"
          .value=${this.search}
          placeholder=${words.search}
          aria-label=${words.search}
          aria-keyshortcuts="/"
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          @input=${this.#handleTyped}
          @search=${this.#handleSearch}
          @keydown=${this.#handleFieldKey}
        />
        ${
          this.search
            ? html`<button class="button plain square clear" type="button" aria-label=${words.clearSearch} @click=${this.#clearSearch}>
              ${icon('close')}
            </button>`
            : html`<kbd aria-hidden="true">/</kbd>`
        }
      </span>
      <button
        class="button fold"
        type="button"
        aria-expanded=${this.isOpen}
        aria-controls="chosen"
        @click=${this.#handleFold}
      >
        ${icon('filter')}${words.filters(count)}
      </button>
      <span id="chosen" class="chosen-ones ${this.isOpen ? 'open' : ''}">${this.#renderChoices()}</span>
      <button
        class="button plain square ${count > 0 || this.search !== '' ? '' : 'unoffered'}"
        type="button"
        title=${words.clear}
        aria-label=${words.clear}
        @click=${this.#clear}
      >
        ${icon('unfilter')}
      </button>
      <sv-saved-views .route=${this.route}></sv-saved-views>
      <span class="gap"></span>
      <slot></slot>
    </search>`
  }

  #renderChoices() {
    const { statuses, vendor, workflow, environment, overdue, period, sort, order } = this.route
    // One that the address names stays to be seen, although it may not be known here.
    const workflows = [...new Set([...this.workflows, ...(workflow === null ? [] : [workflow])])]
    return html`${renderSelect<Status>({
      label: words.status,
      chosen: statuses[0] ?? null,
      several: statuses.length > 1 ? words.severalStatuses(statuses.length) : null,
      options: STATUSES,
      names: messages.statuses,
      choose: (status) => this.#filter({ statuses: status ? [status] : [] }),
    })}
    ${renderSelect({
      label: words.vendor,
      chosen: vendor,
      options: VENDORS,
      names: messages.vendors,
      choose: (chosen) => this.#filter({ vendor: chosen }),
    })}
    ${renderSelect({
      label: words.workflow,
      chosen: workflow,
      options: workflows,
      names: Object.fromEntries(workflows.map((each) => [each, nameWorkflow(each)])),
      choose: (chosen) => this.#filter({ workflow: chosen }),
    })}
    ${renderSelect({
      label: words.environment,
      chosen: environment,
      options: ENVIRONMENTS,
      names: messages.app.environments,
      choose: (chosen) => this.#filter({ environment: chosen }),
    })}
    ${renderSelect({
      label: words.period,
      chosen: period,
      options: PERIODS,
      names: messages.periods,
      choose: (chosen) => this.#filter({ period: chosen }),
    })}
    <button
      class="button"
      type="button"
      aria-pressed=${overdue}
      @click=${() => this.#filter({ overdue: !overdue })}
    >
      ${icon('overdue')}${messages.overdue}
    </button>
    ${renderSelect<SortedBy>({
      label: words.sort,
      chosen: `${sort}-${order}` === NEWEST_FIRST ? null : `${sort}-${order}`,
      options: SORTED_BY,
      names: words.sorts,
      choose: (chosen) => this.#sort(chosen ?? NEWEST_FIRST),
    })}`
  }

  #sort(by: SortedBy): void {
    const sort = SORTS.find((each) => by.startsWith(each)) ?? 'createdAt'
    this.#filter({ sort, order: by.endsWith('-asc') ? 'asc' : 'desc' })
  }

  #handleFold = (): void => {
    this.isOpen = !this.isOpen
  }

  #filter(change: Partial<Route>): void {
    this.dispatchEvent(new NavigateEvent(change))
  }

  #handleTyped = (): void => {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#handleSearch(), TYPED_AFTER)
  }

  #handleSearch = (): void => {
    clearTimeout(this.#timer)
    const text = this.#field?.value.trim() ?? ''
    if (text !== this.search) this.dispatchEvent(new CustomEvent('sv-search', { detail: text }))
  }

  #handleFieldKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') this.#handleSearch()
    if (event.key === 'ArrowDown') {
      event.preventDefault()
      this.dispatchEvent(new Event('sv-to-rows'))
    }
    if (event.key !== 'Escape') return
    event.stopPropagation()
    if (this.#field?.value) this.#clearSearch()
    else this.#field?.blur()
  }

  #clearSearch = (): void => {
    if (this.#field) this.#field.value = ''
    this.#handleSearch()
    this.#field?.focus()
  }

  #clear = (): void => {
    if (this.#field) this.#field.value = ''
    this.#handleSearch()
    this.#filter(WITHOUT_FILTERS)
    this.#field?.focus()
  }

  #handleKey = (event: KeyboardEvent): void => {
    if (event.key !== '/' || !isShortcut(event)) return
    event.preventDefault()
    this.#field?.focus()
    this.#field?.select()
  }
}

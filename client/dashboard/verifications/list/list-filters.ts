import { css, html, LitElement, nothing } from 'lit'
import type { Status } from '../../../../server/protocol.ts'
import { STATUSES, VENDORS } from '../../../../server/protocol.ts'
import { messages } from '../../messages.ts'
import { icon } from '../../parts/icons.ts'
import { renderSelect } from '../../parts/select.ts'
import { NavigateEvent } from '../../routing/navigate-event.ts'
import type { Route } from '../../routing/route.ts'
import { PERIODS } from '../../routing/route.ts'
import { isShortcut } from '../../shell/shortcuts/shortcut.ts'
import { base } from '../../styles/base.ts'
import { controls } from '../../styles/controls.ts'

const words = messages.list

// Typing is taken as done after this pause (ms); asking for each letter would only flicker.
const TYPED_AFTER = 250

/** Search and filters; what belongs beside them goes into the slot. Filters go into the address; the searched text only to `sv-search`, as it may name a person. */
export class ListFilters extends LitElement {
  static override properties = { route: { attribute: false }, search: {} }
  static override styles = [
    base,
    controls,
    css`
      :host {
        container-type: inline-size;
      }
      .filters {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-8);
      }
      .gap {
        flex: 1;
      }
      .search {
        position: relative;
        flex: 1 1 240px;
        max-inline-size: 420px;
      }
      .search > .icon {
        position: absolute;
        inset-block: 0;
        inset-inline-start: 10px;
        margin-block: auto;
        color: var(--text-quiet);
        pointer-events: none;
      }
      .search .field {
        padding-inline: 34px 40px;
        text-overflow: ellipsis;
      }
      .search input::-webkit-search-cancel-button {
        display: none;
      }
      kbd,
      .clear {
        position: absolute;
        inset-block: 0;
        inset-inline-end: 6px;
        margin-block: auto;
        block-size: 20px;
        pointer-events: none;
      }
      .clear {
        block-size: 24px;
        min-block-size: 24px;
        inline-size: 24px;
        pointer-events: auto;
      }
      @media (pointer: coarse) {
        kbd {
          display: none;
        }
      }
      /* Where one line is not enough, the search and what is slotted take the first, the filters the second. */
      @container (max-width: 679.98px) {
        .search {
          flex: 1 1 calc(100% - 56px);
          max-inline-size: none;
        }
        .gap {
          display: none;
        }
        ::slotted(*) {
          order: 1;
        }
        .select,
        sv-saved-views,
        .filters > .button {
          order: 2;
        }
      }
      @container (max-width: 519.98px) {
        .select {
          flex: 1 1 0;
          min-inline-size: 84px;
        }
      }
    `,
  ]
  declare route: Route
  declare search: string
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor() {
    super()
    this.search = ''
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
    const { statuses, vendor, period } = this.route
    const isFiltered = statuses.length > 0 || vendor !== null || period !== null || this.search !== ''
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
      ${renderSelect<Status>({
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
        label: words.period,
        chosen: period,
        options: PERIODS,
        names: messages.periods,
        choose: (chosen) => this.#filter({ period: chosen }),
      })}
      ${
        isFiltered
          ? html`<button class="button plain" type="button" @click=${this.#clear}>${words.clear}</button>`
          : nothing
      }
      <sv-saved-views .route=${this.route}></sv-saved-views>
      <span class="gap"></span>
      <slot></slot>
    </search>`
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
    this.#filter({ statuses: [], vendor: null, period: null })
    this.#field?.focus()
  }

  #handleKey = (event: KeyboardEvent): void => {
    if (event.key !== '/' || !isShortcut(event)) return
    event.preventDefault()
    this.#field?.focus()
    this.#field?.select()
  }
}

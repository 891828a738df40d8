import { css, html, LitElement, nothing } from 'lit'
import { messages } from '../../messages.ts'
import { icon } from '../../parts/icons.ts'
import type { Route } from '../../routing/route.ts'
import { formatRoute } from '../../routing/route.ts'
import { base } from '../../styles/base.ts'
import { controls } from '../../styles/controls.ts'
import { floats } from '../../styles/floats.ts'
import type { SavedView } from './view-store.ts'
import { addView, keepViews, readViews } from './view-store.ts'

const words = messages.list.views

/** Filters that come back every day, kept under a name in this browser. */
export class SavedViews extends LitElement {
  static override properties = { route: { attribute: false }, views: { state: true }, edge: { state: true } }
  static override styles = [
    base,
    controls,
    floats,
    css`
      :host {
        display: inline-block;
      }
      .float {
        inline-size: min(300px, calc(100vw - 16px));
        padding: var(--space-12);
      }
      h2 {
        margin-block-end: var(--space-8);
        font-size: var(--size-13);
        font-weight: var(--strong);
      }
      p {
        color: var(--text-quiet);
        font-size: var(--size-13);
      }
      li {
        display: flex;
        align-items: center;
      }
      a {
        flex: 1;
        min-inline-size: 0;
        padding: 6px var(--space-8);
        border-radius: var(--radius-control);
        color: var(--text);
        font-size: var(--size-13);
        text-decoration: none;
      }
      a:hover {
        background: var(--n-4);
      }
      a[aria-current='true'] {
        background: var(--accent-soft);
        color: var(--accent-text);
      }
      form {
        display: flex;
        gap: var(--space-8);
        margin-block-start: var(--space-12);
        padding-block-start: var(--space-12);
        border-block-start: 1px solid var(--hairline);
      }
      /* One line for all that stands beside the search on a phone. */
      @media (max-width: 479.98px) {
        .word {
          display: none;
        }
      }
    `,
  ]
  declare route: Route
  declare views: readonly SavedView[]
  /** Where the popover begins, px from the window's left and top. */
  declare edge: { left: number; top: number }

  constructor() {
    super()
    this.views = readViews()
    this.edge = { left: 0, top: 0 }
  }

  protected override render() {
    const here = formatRoute({ ...this.route, open: null })
    return html`<button
        class="button plain"
        type="button"
        popovertarget="views"
        title=${words.open}
        aria-label=${words.open}
        @click=${this.#handleOpen}
      >
        ${icon('stack')}<span class="word">${words.open}</span>
      </button>
      <section
        id="views"
        class="float"
        popover
        aria-label=${words.title}
        .style=${`left: ${this.edge.left}px; top: ${this.edge.top}px`}
      >
        <h2>${words.title}</h2>
        ${this.views.length === 0 ? html`<p>${words.none}</p>` : nothing}
        <ul>
          ${this.views.map(
            (view) =>
              html`<li>
                <a
                  class="cut-off"
                  href=${view.search || location.pathname}
                  aria-current=${view.search === here}
                  @click=${this.#close}
                  ><bdi>${view.name}</bdi></a
                >
                <button
                  class="button plain square"
                  type="button"
                  aria-label=${words.remove(view.name)}
                  @click=${() => this.#keep(this.views.filter((each) => each !== view))}
                >
                  ${icon('close')}
                </button>
              </li>`,
          )}
        </ul>
        <form @submit=${this.#handleSave}>
          <input class="field" name="name" maxlength="60" required autocomplete="off" placeholder=${words.name} aria-label=${words.name} />
          <button class="button">${words.save}</button>
        </form>
      </section>`
  }

  #keep(views: readonly SavedView[]): void {
    this.views = views
    keepViews(views)
  }

  #close = (): void => {
    this.renderRoot.querySelector<HTMLElement>('#views')?.hidePopover()
  }

  #handleOpen = ({ currentTarget }: Event): void => {
    if (!(currentTarget instanceof HTMLElement)) return
    const { left, right, bottom } = currentTarget.getBoundingClientRect()
    // Without the scrollbar, under which nothing is seen.
    const room = document.body.clientWidth
    const width = Math.min(300, room - 16)
    const start = this.matches(':dir(rtl)') ? right - width : left
    this.edge = { left: Math.max(8, Math.min(start, room - width - 8)), top: bottom + 4 }
  }

  #handleSave = (event: SubmitEvent): void => {
    event.preventDefault()
    const form = event.currentTarget
    if (!(form instanceof HTMLFormElement)) return
    const name = new FormData(form).get('name')
    if (typeof name !== 'string' || name.trim() === '') return
    this.#keep(addView(this.views, name.trim(), this.route))
    form.reset()
  }
}

import type { PropertyValues } from 'lit'
import { css, html, LitElement, nothing } from 'lit'
import type { Verification } from '../../../../server/protocol.ts'
import type { ApiClient } from '../../api/api-client.ts'
import { messages } from '../../messages.ts'
import { formatRoute, parseRoute } from '../../routing/route.ts'
import { base } from '../../styles/base.ts'
import { requestUser } from '../../users/request-user.ts'

const words = messages.detail

// A person with more than these has a story that the user's own page tells better.
const NEIGHBOURS = 10

/** The other verifications of the same user, newest first: whether this is the first try or the fifth. */
export class SameUser extends LitElement {
  static override properties = {
    api: { attribute: false },
    of: { attribute: false },
    others: { state: true },
    hasFailed: { state: true },
  }
  static override styles = [
    base,
    css`
      h3 {
        margin-block-end: var(--space-8);
        font-size: var(--size-14);
        font-weight: var(--strong);
      }
      p,
      li {
        font-size: var(--size-13);
      }
      li {
        border-block-start: 1px solid var(--hairline);
      }
      a {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-12);
        min-block-size: 36px;
        color: var(--text-quiet);
        text-decoration: none;
      }
      .all {
        display: inline-flex;
        color: var(--accent-text);
        font-size: var(--size-13);
      }
      a:hover {
        background: var(--n-2);
      }
    `,
  ]
  declare api: ApiClient
  declare of: Verification
  /** Null until they are here. */
  declare others: readonly Verification[] | null
  declare hasFailed: boolean
  #request = new AbortController()

  constructor() {
    super()
    this.others = null
    this.hasFailed = false
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#request.abort()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('of')) return
    const before = changed.get('of')
    if (before?.id !== this.of.id) this.others = null
    // Asked again whenever this one has moved: a new try often follows on what became of it.
    if (before?.revision !== this.of.revision || before.id !== this.of.id) void this.#load()
  }

  protected override render() {
    const { others, hasFailed } = this
    if (this.of.userId === null || (others === null && !hasFailed)) return nothing
    return html`<h3>${words.sameUser}</h3>
      ${hasFailed ? html`<p class="quiet">${words.sameUserFailed}</p>` : nothing}
      ${others?.length === 0 ? html`<p class="quiet">${words.sameUserNone}</p>` : nothing}
      <ul>
        ${others?.map(
          (each) =>
            html`<li>
              <a href=${formatRoute({ ...parseRoute(location.search), open: each.id })}
                ><sv-status .status=${each.status} ?overdue=${each.overdue}></sv-status
                ><sv-time .datetime=${each.createdAt}></sv-time
              ></a>
            </li>`,
        )}
      </ul>
      <a class="all" href=${formatRoute({ ...parseRoute(''), view: 'user', of: this.of.id })}>${words.allOfUser}</a>`
  }

  async #load(): Promise<void> {
    this.#request.abort()
    const { id, userId } = this.of
    if (userId === null) return
    const { signal } = (this.#request = new AbortController())
    try {
      const { verifications } = await requestUser(this.api, id, signal)
      this.others = verifications.filter((each) => each.id !== id).slice(0, NEIGHBOURS)
      this.hasFailed = false
    } catch {
      if (!signal.aborted) this.hasFailed = true
    }
  }
}

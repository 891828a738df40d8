import type { PropertyValues } from 'lit'
import { css, html, LitElement, nothing } from 'lit'
import type { Verification } from '../../../../server/protocol.ts'
import type { ApiClient } from '../../api/api-client.ts'
import { Question } from '../../api/question.ts'
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
  readonly #user = new Question(this, (signal) => requestUser(this.api, this.of.id, signal))

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('of')) return
    const before = changed.get('of')
    if (this.of.userId === null) this.#user.forget()
    else if (before?.id !== this.of.id) this.#user.begin()
    // Asked again whenever this one has moved: a new try often follows on what became of it.
    else if (before.revision !== this.of.revision) this.#user.ask()
  }

  protected override render() {
    const { answer, failure } = this.#user
    if (answer === null && failure === null) return nothing
    const others = answer?.verifications.filter(({ id }) => id !== this.of.id).slice(0, NEIGHBOURS)
    return html`<h3>${words.sameUser}</h3>
      ${failure !== null ? html`<p class="quiet">${words.sameUserFailed}</p>` : nothing}
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
}

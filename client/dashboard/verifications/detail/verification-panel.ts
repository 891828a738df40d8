import type { PropertyValues } from 'lit'
import { css, html, LitElement } from 'lit'
import type { ApiClient } from '../../api/api-client.ts'
import { Question } from '../../api/question.ts'
import type { Feed, FeedNews } from '../../feed.ts'
import { messages } from '../../messages.ts'
import { renderInsteadOfDetail } from '../../parts/panel/detail-states.ts'
import { base } from '../../styles/base.ts'
import { controls } from '../../styles/controls.ts'

const words = messages.detail

/**
 * One verification. Follows the feed: when the verification moves, it is asked for again. What stands there stays until the answer is
 * here, and says so where there is none.
 */
export class VerificationPanel extends LitElement {
  static override properties = {
    api: { attribute: false },
    feed: { attribute: false },
    openId: { attribute: false },
    beside: { type: Boolean, reflect: true },
    isBehind: { type: Boolean },
    inSandbox: { type: Boolean },
    panelUrl: { attribute: false },
    isAdmin: { type: Boolean },
  }
  static override styles = [
    base,
    controls,
    css`
      .sheet {
        container-type: inline-size;
      }
      .columns {
        display: grid;
        gap: var(--space-32);
      }
      /* Where there is room for two, what is so stands on one side and how it came about on the other. */
      @container (min-width: 760px) {
        .columns {
          grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
          align-items: start;
        }
        sv-timeline {
          grid-column: 2;
          grid-row: 1 / span 3;
        }
      }
    `,
  ]
  declare api: ApiClient
  declare feed: Feed
  declare openId: string
  declare beside: boolean
  /** The connection is lost: what happens meanwhile is not heard of. */
  declare isBehind: boolean
  /** Whether this server plays the vendors itself, and whoever looks may have it do so. */
  declare inSandbox: boolean
  /** Where SEON's panel shows a run, with `{executionId}`; null: not known. */
  declare panelUrl: string | null
  declare isAdmin: boolean
  readonly #detail = new Question(this, (signal) => this.api.requestVerification(this.openId, signal))
  #unsubscribe: (() => void) | undefined

  constructor() {
    super()
    this.beside = false
    this.isBehind = false
    this.inSandbox = false
    this.panelUrl = null
    this.isAdmin = false
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#unsubscribe?.()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('feed')) {
      this.#unsubscribe?.()
      this.#unsubscribe = this.feed.subscribe((_state, news) => {
        if (news && isAbout(news, this.openId)) this.#detail.ask()
      })
    }
    if (changed.has('openId')) this.#detail.begin()
  }

  protected override render() {
    const { answer: detail, failure } = this.#detail
    // Beside its list, the connection is seen in the title line.
    const isOld = detail !== null && (failure !== null || (this.isBehind && !this.beside))
    return html`<sv-panel heading=${words.title} ?beside=${this.beside} ?old=${isOld}>
      ${
        detail
          ? html`<div class="sheet">
              <div class="columns">
                <sv-verification-facts
                  .api=${this.api}
                  .detail=${detail}
                  ?inSandbox=${this.inSandbox}
                  .panelUrl=${this.panelUrl}
                  ?isAdmin=${this.isAdmin}
                ></sv-verification-facts>
                <sv-check-report .checks=${detail.checks} ?hidden=${detail.checks.length === 0}></sv-check-report>
                <sv-timeline .entries=${detail.timeline}></sv-timeline>
                <sv-same-user .api=${this.api} .of=${detail} ?hidden=${detail.userId === null}></sv-same-user>
              </div>
            </div>`
          : renderInsteadOfDetail(failure, words, () => this.#detail.ask())
      }
    </sv-panel>`
  }
}

function isAbout({ fresh, changed, removed }: FeedNews, id: string): boolean {
  return fresh || removed.includes(id) || changed.some((each) => each.id === id)
}

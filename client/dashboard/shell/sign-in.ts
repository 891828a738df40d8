import { css, html, LitElement, nothing } from 'lit'
import type { SignInFailure } from '../../../server/protocol.ts'
import type { ApiClient } from '../api/api-client.ts'
import { ApiError, readErrorCode } from '../api/api-error.ts'
import { messages } from '../messages.ts'
import { icon } from '../parts/icons.ts'
import { base } from '../styles/base.ts'
import { controls } from '../styles/controls.ts'
import { brandMark } from './brand-mark.ts'

const words = messages.signIn

/** The door: leads to the OpenID provider where there is one, or asks for the admin token and trades it for a session cookie. Fires `sv-signed-in`. The token is kept nowhere here. */
export class SignIn extends LitElement {
  static override properties = {
    api: { attribute: false },
    ended: { type: Boolean },
    failure: { attribute: false },
    provider: { state: true },
    unreachable: { type: Boolean },
    busy: { state: true },
    shown: { state: true },
    problem: { state: true },
  }
  static override styles = [
    base,
    controls,
    css`
      :host {
        display: grid;
        grid-template-rows: 1fr auto 1.4fr;
        justify-items: center;
        min-block-size: 100dvh;
        padding: var(--space-24) var(--space-16);
        background: var(--ground-rail);
      }
      main {
        grid-row: 2;
        inline-size: 100%;
        max-inline-size: 360px;
      }
      .mark {
        display: block;
        margin-block-end: var(--space-24);
      }
      h1 {
        font-size: var(--size-20);
        font-weight: var(--strong);
        line-height: 1.3;
        letter-spacing: -0.01em;
      }
      .lead {
        margin-block: var(--space-4) var(--space-24);
        color: var(--text-quiet);
      }
      form {
        display: grid;
        gap: var(--space-8);
      }
      label {
        font-size: var(--size-13);
        font-weight: var(--medium);
      }
      .with-button {
        position: relative;
      }
      .with-button .field {
        min-block-size: 40px;
        padding-inline-end: 44px;
        font-family: var(--font-code);
      }
      .with-button .button {
        position: absolute;
        inset-block: 4px;
        inset-inline-end: 4px;
        min-block-size: 32px;
        inline-size: 32px;
      }
      .field[aria-invalid='true'] {
        border-color: var(--red-line);
      }
      .main {
        min-block-size: 40px;
        margin-block-start: var(--space-8);
      }
      .hint {
        font-size: var(--size-12);
        color: var(--text-quiet);
      }
      .problem,
      .ended {
        display: flex;
        gap: var(--space-8);
        font-size: var(--size-13);
      }
      .problem {
        color: var(--red-text);
      }
      .problem .icon,
      .ended .icon {
        margin-block-start: 2px;
      }
      .provider {
        inline-size: 100%;
        margin-block: 0 var(--space-24);
        text-decoration: none;
      }
      summary {
        inline-size: fit-content;
        margin-block-end: var(--space-12);
        color: var(--text-quiet);
        font-size: var(--size-13);
        cursor: pointer;
      }
      .failed .icon {
        color: var(--red-line);
      }
      .ended {
        margin-block-end: var(--space-16);
        padding: var(--space-12);
        border: 1px solid var(--hairline);
        border-radius: var(--radius-panel);
        background: var(--ground);
      }
    `,
  ]
  declare api: ApiClient
  declare ended: boolean
  declare unreachable: boolean
  /** Why the way by the OpenID provider ended here. */
  declare failure: SignInFailure | null
  /** The OpenID provider's host, or null where there is none; undefined until the server has said it, so that nothing jumps. */
  declare provider: string | null | undefined
  declare busy: boolean
  declare shown: boolean
  declare problem: string | null

  constructor() {
    super()
    this.ended = false
    this.unreachable = false
    this.failure = null
    this.provider = undefined
    this.busy = false
    this.shown = false
    this.problem = null
  }

  protected override firstUpdated(): void {
    void this.#askForWays()
  }

  async #askForWays(): Promise<void> {
    // Without an answer there is still the token.
    this.provider = await this.api.requestSignInWays().then(
      ({ provider }) => provider,
      () => null,
    )
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>('.provider, #token')?.focus()
  }

  get #field(): HTMLInputElement | null {
    return this.renderRoot.querySelector('#token')
  }

  protected override render() {
    const note = this.unreachable ? messages.app.unreachable : this.ended ? words.ended : null
    return html`<main>
      <span class="mark">${brandMark(40)}</span>
      <h1>${words.title}</h1>
      <p class="lead">${words.lead}</p>
      ${note ? html`<p class="ended" role="status">${icon(this.unreachable ? 'offline' : 'person')}${note}</p>` : nothing}
      ${this.failure ? html`<p class="ended failed" role="alert">${icon('warning')}${words.failures[this.failure]}</p>` : nothing}
      ${this.#renderWays()}
    </main>`
  }

  #renderWays() {
    if (this.provider === undefined) return nothing
    if (this.provider === null) return this.#renderForm()
    return html`<a class="button main provider" href="/api/session/oidc">${words.withProvider(this.provider)}</a>
      <details>
        <summary>${words.withToken}</summary>
        ${this.#renderForm()}
      </details>`
  }

  #renderForm() {
    return html`<form novalidate @submit=${this.#handleSubmit}>
        <input class="unseen" type="text" autocomplete="username" value="admin" tabindex="-1" aria-hidden="true" readonly />
        <label for="token">${words.token}</label>
        <span class="with-button">
          <input
            id="token"
            class="field"
            type=${this.shown ? 'text' : 'password'}
            autocomplete="current-password"
            autocapitalize="off"
            spellcheck="false"
            required
            aria-describedby="hint problem"
            aria-invalid=${this.problem ? 'true' : 'false'}
            @input=${this.#handleTyped}
          />
          <button
            class="button plain square"
            type="button"
            aria-pressed=${this.shown}
            aria-label=${this.shown ? words.hide : words.show}
            @click=${this.#handleShow}
          >
            ${icon('eye')}
          </button>
        </span>
        <p id="hint" class="hint">${words.hint}</p>
        <div id="problem" role="alert">
          ${this.problem ? html`<p class="problem">${icon('warning')}${this.problem}</p>` : nothing}
        </div>
        <button class="button main" type="submit" aria-disabled=${this.busy}>
          ${this.busy ? words.submitting : words.submit}
        </button>
      </form>`
  }

  #handleTyped = (): void => {
    this.problem = null
  }

  #handleShow = (): void => {
    this.shown = !this.shown
  }

  #handleSubmit = async (event: Event): Promise<void> => {
    event.preventDefault()
    const field = this.#field
    if (!field || this.busy) return
    const token = field.value.trim()
    if (!token) {
      this.problem = words.empty
      field.focus()
      return
    }
    this.busy = true
    this.problem = null
    try {
      await this.api.signIn(token)
      field.value = ''
      this.dispatchEvent(new Event('sv-signed-in'))
    } catch (error) {
      this.problem = readProblem(error)
      field.select()
    } finally {
      this.busy = false
    }
  }
}

function readProblem(error: unknown): string {
  const code = readErrorCode(error)
  if (code === 'unauthorized') return words.wrong
  if (code === 'rate_limited') return words.wait(error instanceof ApiError ? error.retryAfter : null)
  return messages.failures[code]
}

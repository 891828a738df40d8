import { css, html, LitElement, nothing } from 'lit'
import type { ExportFormat } from '../../../../server/protocol.ts'
import { EXPORT_FORMATS } from '../../../../server/protocol.ts'
import type { ApiClient, VerificationQuery } from '../../api/api-client.ts'
import { readSearch } from '../../api/api-client.ts'
import { ApiError } from '../../api/api-error.ts'
import { messages } from '../../messages.ts'
import { renderSegments } from '../../parts/fields/render-fields.ts'
import { icon } from '../../parts/icons.ts'
import { base } from '../../styles/base.ts'
import { controls } from '../../styles/controls.ts'
import { fields } from '../../styles/fields.ts'
import { floats } from '../../styles/floats.ts'
import { type ExportedFile, fetchExport, saveFile } from './fetch-export.ts'

const words = messages.export

type Users = 'masked' | 'whole'

type Stage =
  | { at: 'choosing' }
  | { at: 'waiting' }
  | { at: 'running'; rows: number; total: number | null }
  | { at: 'done'; rows: number }
  | { at: 'failed'; why: string }

/** Saves what the list's query finds as a file, with its progress and a way to stop. */
export class ExportDialog extends LitElement {
  static override properties = {
    api: { attribute: false },
    query: { attribute: false },
    save: { attribute: false },
    isOpen: { state: true },
    format: { state: true },
    users: { state: true },
    stage: { state: true },
  }
  static override styles = [
    base,
    controls,
    floats,
    fields,
    css`
      :host {
        display: inline-block;
      }
      dialog {
        inline-size: min(480px, calc(100vw - 32px));
      }
      p {
        font-size: var(--size-13);
        text-wrap: pretty;
      }
      .choices {
        display: grid;
        gap: var(--space-16);
        margin-block: var(--space-16);
      }
      .hint {
        margin-block-start: var(--space-4);
      }
      .state {
        display: grid;
        gap: var(--space-8);
        align-content: center;
        min-block-size: 48px;
      }
      progress {
        inline-size: 100%;
        block-size: 8px;
        accent-color: var(--accent-line);
      }
      .figures {
        font-variant-numeric: tabular-nums;
      }
      .ends {
        display: flex;
        justify-content: end;
        gap: var(--space-8);
        margin-block-start: var(--space-8);
        padding-block-start: var(--space-16);
        border-block-start: 1px solid var(--hairline);
      }
    `,
  ]
  declare api: ApiClient
  declare query: VerificationQuery
  /** What becomes of the file; default: the browser's downloads. */
  declare save: (file: ExportedFile) => void
  declare isOpen: boolean
  declare format: ExportFormat
  declare users: Users
  declare stage: Stage
  #request = new AbortController()

  constructor() {
    super()
    this.save = saveFile
    this.isOpen = false
    this.format = 'csv'
    this.users = 'masked'
    this.stage = { at: 'choosing' }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#request.abort()
  }

  protected override render() {
    return html`<button
        class="button plain"
        type="button"
        title=${words.open}
        aria-label=${words.open}
        @click=${this.#handleOpen}
      >
        ${icon('download')}
      </button>
      <dialog class="float" aria-labelledby="heading" @close=${this.#handleClose}>
        ${this.isOpen ? this.#renderInside() : nothing}
      </dialog>`
  }

  #renderInside() {
    const { at } = this.stage
    const isRunning = at === 'waiting' || at === 'running'
    return html`<h2 id="heading">${words.title}</h2>
      <p class="quiet">${words.lead}</p>
      ${isRunning ? nothing : this.#renderChoices()}
      ${at === 'choosing' ? nothing : html`<div class="state">${this.#renderStage()}</div>`}
      <div class="ends">
        <button class="button" type="button" @click=${isRunning ? this.#handleCancel : this.#close}>
          ${isRunning ? words.cancel : words.close}
        </button>
        ${
          isRunning
            ? nothing
            : html`<button class="button main" type="button" @click=${this.#handleStart}>
                ${icon('download')}${words.start}
              </button>`
        }
      </div>`
  }

  #renderChoices() {
    return html`<div class="choices">
      <div>
        ${renderSegments<ExportFormat>({
          name: 'format',
          label: words.format,
          chosen: this.format,
          options: EXPORT_FORMATS,
          names: words.formats,
          choose: (format) => (this.format = format),
        })}
        <p class="hint">${words.formatHints[this.format]}</p>
      </div>
      <div>
        ${renderSegments<Users>({
          name: 'users',
          label: words.users,
          chosen: this.users,
          options: ['masked', 'whole'],
          names: words.userChoices,
          choose: (users) => (this.users = users),
        })}
        <p class="hint">${words.userHints[this.users]}</p>
      </div>
    </div>`
  }

  #renderStage() {
    const { stage } = this
    switch (stage.at) {
      case 'choosing':
        return nothing
      case 'waiting':
        return html`<progress aria-label=${words.title}></progress>
          <p class="quiet" role="status">${words.waiting}</p>`
      case 'running': {
        const { rows, total } = stage
        const figures = words.progress(rows, total)
        return html`${
          total === null
            ? html`<progress aria-label=${words.title}></progress>`
            : html`<progress aria-label=${words.title} .max=${Math.max(1, total)} .value=${rows}></progress>`
        }
          <p class="quiet figures">${figures}</p>`
      }
      case 'done':
        return html`<p role="status">${words.done(stage.rows)}</p>`
      case 'failed':
        return html`<p class="problem" role="alert">${stage.why}</p>`
      default:
        return stage satisfies never
    }
  }

  #handleOpen = async (): Promise<void> => {
    this.stage = { at: 'choosing' }
    this.isOpen = true
    await this.updateComplete
    this.renderRoot.querySelector('dialog')?.showModal()
  }

  #close = (): void => this.renderRoot.querySelector('dialog')?.close()

  /** Also by Escape: what nobody sees any more is not gone on with. */
  #handleClose = (): void => {
    this.#request.abort()
    this.isOpen = false
  }

  #handleCancel = (): void => {
    this.#request.abort()
    this.stage = { at: 'choosing' }
  }

  #handleStart = async (): Promise<void> => {
    const { signal } = (this.#request = new AbortController())
    this.stage = { at: 'waiting' }
    try {
      const file = await fetchExport(
        this.api,
        { ...readSearch(this.query, null), format: this.format, whole: this.users === 'whole' },
        (rows, total) => (this.stage = { at: 'running', rows, total }),
        signal,
      )
      this.save(file)
      this.stage = { at: 'done', rows: file.rows }
    } catch (error) {
      if (signal.aborted) return
      this.stage = { at: 'failed', why: error instanceof ApiError ? messages.failures[error.code] : words.broken }
    }
  }
}

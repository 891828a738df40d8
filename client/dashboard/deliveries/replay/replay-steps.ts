import type { PropertyValues } from 'lit'
import { css, html, LitElement, nothing } from 'lit'
import type { ReplayRequest, ReplayResult } from '../../../../server/protocol.ts'
import type { ApiClient } from '../../api/api-client.ts'
import { readErrorCode } from '../../api/api-error.ts'
import { messages } from '../../messages.ts'
import { icon } from '../../parts/icons.ts'
import { base } from '../../styles/base.ts'
import { controls } from '../../styles/controls.ts'

const words = messages.deliveries.replay

type Step = 'begin' | 'checking' | 'checked' | 'running' | 'done'

/** Processing deliveries again, in two steps: first what would change, then the doing. Fires `sv-replayed` once done. */
export class ReplaySteps extends LitElement {
  static override properties = {
    api: { attribute: false },
    // Hosts write it anew each time they are drawn.
    request: { attribute: false, hasChanged: isOther },
    step: { state: true },
    result: { state: true },
    problem: { state: true },
  }
  static override styles = [
    base,
    controls,
    css`
      :host {
        display: grid;
        gap: var(--space-8);
        justify-items: start;
        margin-block-start: var(--space-16);
        font-size: var(--size-13);
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-8);
      }
      .problem {
        color: var(--red-text);
      }
    `,
  ]
  declare api: ApiClient
  declare request: ReplayRequest
  declare step: Step
  declare result: ReplayResult | null
  declare problem: string | null

  constructor() {
    super()
    this.step = 'begin'
    this.result = null
    this.problem = null
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.get('request')) return
    // What was shown was about another range.
    this.step = 'begin'
    this.result = null
    this.problem = null
  }

  protected override render() {
    return html`<div role="status">
        ${this.result ? this.#renderResult(this.result) : nothing}
        ${this.problem ? html`<p class="problem">${this.problem}</p>` : nothing}
      </div>
      <div class="buttons">${this.#renderButtons()}</div>`
  }

  #renderButtons() {
    switch (this.step) {
      case 'begin':
      case 'done':
        return html`<button class="button" type="button" @click=${this.#handleCheck}>${icon('replay')}${words.check}</button>`
      case 'checking':
        return html`<button class="button" type="button" aria-disabled="true">${words.checking}</button>`
      case 'running':
        return html`<button class="button main" type="button" aria-disabled="true">${words.running}</button>`
      case 'checked':
        break
    }
    const isWorthIt = (this.result?.matched ?? 0) > (this.result?.skipped ?? 0)
    return html`${
      isWorthIt
        ? html`<button class="button main" type="button" @click=${this.#handleRun}>${words.confirm}</button>`
        : nothing
    }
      <button class="button" type="button" @click=${this.#handleCancel}>${words.cancel}</button>`
  }

  #renderResult({ matched, changed, skipped = 0, failed = 0 }: ReplayResult) {
    const say = this.step === 'done' ? words.did : words.would
    const able = matched - skipped
    return html`${matched === 0 ? html`<p>${words.nothing}</p>` : nothing}
      ${able > 0 ? html`<p>${say(able, changed)}</p>` : nothing}
      ${skipped > 0 ? html`<p class="quiet">${words.skipped(skipped)}</p>` : nothing}
      ${failed > 0 ? html`<p class="problem">${words.failed(failed)}</p>` : nothing}`
  }

  #handleCheck = async (): Promise<void> => {
    this.step = 'checking'
    await this.#ask(true, 'checked', 'begin')
  }

  #handleRun = async (): Promise<void> => {
    this.step = 'running'
    if (await this.#ask(false, 'done', 'checked')) this.dispatchEvent(new Event('sv-replayed'))
  }

  #handleCancel = (): void => {
    this.step = 'begin'
    this.result = null
  }

  async #ask(dryRun: boolean, then: Step, otherwise: Step): Promise<boolean> {
    this.problem = null
    const { request } = this
    try {
      const result = await this.api.replay({ ...request, dryRun })
      if (request !== this.request) return false
      this.result = result
      this.step = then
      return true
    } catch (error) {
      this.problem = messages.failures[readErrorCode(error)]
      this.step = otherwise
      return false
    }
  }
}

function isOther(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) !== JSON.stringify(other)
}

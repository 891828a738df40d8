import type { PropertyValues } from 'lit'
import { css, html, LitElement, nothing } from 'lit'
import { maskPersonal } from '../../../server/personal.ts'
import type { SandboxAttempt, Source } from '../../../server/protocol.ts'
import { SOURCES } from '../../../server/protocol.ts'
import type { ApiClient } from '../api/api-client.ts'
import { readErrorCode } from '../api/api-error.ts'
import { messages } from '../messages.ts'
import { renderLabelled, renderOption, renderSegments } from '../parts/fields/render-fields.ts'
import { icon } from '../parts/icons.ts'
import { nameEvent } from '../parts/text/event-name.ts'
import { shortenId } from '../parts/text/short-id.ts'
import { base } from '../styles/base.ts'
import { controls } from '../styles/controls.ts'
import { fields } from '../styles/fields.ts'
import { hues } from '../styles/hues.ts'
import { readAnswer } from './answer.ts'
import type { About, EventDraft } from './event-draft.ts'
import {
  ARRIVALS,
  eventsOf,
  isAboutUser,
  isIdvEvent,
  isKnown,
  isStartable,
  SCORES,
  toTrigger,
  withEvent,
  withSource,
} from './event-draft.ts'
import { requestStart, requestTrigger } from './request-sandbox.ts'
import type { SandboxPicture } from './sandbox-controller.ts'
import { sandboxStyles } from './sandbox-styles.ts'

const words = messages.sandbox.fire

const FIRST: EventDraft = {
  source: 'seon',
  event: 'orchestration/workflow_execution_finished',
  status: 'APPROVED',
  about: 'start',
  userId: 'sandbox-user',
  arrival: 'once',
  door: 'seon',
  count: 1,
  score: 'OK',
}

/** Sends any event of any vendor, about what is there or about something new. Fires `sv-sent` once the first try is over. */
export class EventForm extends LitElement {
  static override properties = {
    api: { attribute: false },
    picture: { attribute: false },
    subject: { attribute: false },
    draft: { state: true },
    isBusy: { state: true },
    sent: { state: true },
    problem: { state: true },
  }
  static override styles = [
    base,
    controls,
    fields,
    hues,
    sandboxStyles,
    css`
      form {
        display: grid;
        gap: var(--space-16);
      }
      .pair {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(220px, 100%), 1fr));
        gap: var(--space-16);
      }
      .end {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-8) var(--space-16);
        min-block-size: 40px;
      }
      .said {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        color: var(--text-hue);
        font-size: var(--size-13);
        font-weight: var(--medium);
      }
      .said .icon {
        color: var(--line);
      }
      .main {
        min-inline-size: 112px;
      }
    `,
  ]
  declare api: ApiClient
  declare picture: SandboxPicture
  /** The vendor's id of what to send about first; null: something new. */
  declare subject: string | null
  declare draft: EventDraft
  declare isBusy: boolean
  declare sent: SandboxAttempt | null
  declare problem: string | null

  constructor() {
    super()
    this.subject = null
    this.draft = FIRST
    this.isBusy = false
    this.sent = null
    this.problem = null
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('subject') && this.subject !== null) this.#choose(this.subject)
    // One that was just started is in no picture yet; the next one has it.
    if (changed.has('picture') && !isKnown(this.draft.about, this.picture))
      this.draft = { ...this.draft, about: 'unknown' }
  }

  #choose(id: string): void {
    const isInterview = this.picture.interviews.some(({ interviewId }) => interviewId === id)
    if (isInterview) this.draft = withSource(this.draft, 'incode', this.picture.state)
    const about: About = `id:${id}`
    if (isKnown(about, this.picture)) this.draft = { ...this.draft, about }
  }

  protected override render() {
    const { draft, picture, isBusy } = this
    const { state } = picture
    const statuses = state.events[draft.event] ?? []
    return html`<h2>${words.title}</h2>
      <p class="lead">${words.lead}</p>
      <form @submit=${this.#handleSubmit}>
        ${renderSegments<Source>({
          name: 'vendor',
          label: words.vendor,
          chosen: draft.source,
          options: SOURCES,
          names: messages.sources,
          choose: (source) => this.#change(withSource(this.draft, source, state)),
        })}
        <div class="pair">
          ${renderLabelled(
            words.event,
            eventsOf(draft.source, state).map((event) =>
              renderOption(event, nameEvent(event) ?? event, event === draft.event),
            ),
            (event) => this.#change(withEvent(this.draft, event, state)),
            html`<bdi class="code">${draft.event}</bdi>`,
          )}
          ${
            statuses.length > 1
              ? renderLabelled(
                  words.status,
                  statuses.map((status) => renderOption(status, status, status === draft.status)),
                  (status) => this.#change({ status }),
                )
              : nothing
          }
        </div>
        ${draft.event === 'ping' ? html`<p class="hint">${words.aboutHints.none}</p>` : this.#renderAbout()}
        <div class="pair">
          ${renderLabelled(
            words.arrival,
            ARRIVALS.map((arrival) => renderOption(arrival, words.arrivals[arrival], arrival === draft.arrival)),
            (value) => this.#change({ arrival: ARRIVALS.find((each) => each === value) ?? 'once' }),
          )}
          ${this.#renderExtra()}
        </div>
        <div class="end">
          <button class="button main" ?disabled=${isBusy}>${isBusy ? words.sending : words.send}</button>
          <span role="status">${this.#renderSent()}</span>
          ${this.problem === null ? nothing : html`<span class="problem" role="alert">${this.problem}</span>`}
        </div>
      </form>`
  }

  #renderAbout() {
    const { draft, picture } = this
    const { about, event } = draft
    const isUser = isAboutUser(event)
    const existing =
      event === 'incode'
        ? picture.interviews.map((each) => [each.interviewId, each.externalCustomerId, each.status] as const)
        : picture.runs.map((each) => [each.executionId, each.userId, each.status] as const)
    const isNew = !about.startsWith('id:')
    const hint = about === 'start' ? words.aboutHints.start : isUser ? words.aboutHints.user : words.aboutHints.unknown
    return html`<div class="pair">
      ${renderLabelled(
        words.about,
        html`${isStartable(event) ? renderOption('start', words.abouts.start, about === 'start') : nothing}
          ${renderOption('unknown', isUser ? words.someoneElse : words.abouts.unknown, about === 'unknown')}
          ${
            existing.length === 0
              ? nothing
              : html`<optgroup label=${words.existing}>
                ${existing.map(([id, userId, status]) =>
                  renderOption(
                    `id:${id}`,
                    `${isolate(maskPersonal(userId))} · ${isolate(status)} · ${isolate(shortenId(id))}`,
                    about === `id:${id}`,
                  ),
                )}
              </optgroup>`
          }`,
        (value) => this.#change({ about: readAbout(value) }),
        isNew ? hint : null,
      )}
      ${
        isNew
          ? html`<label
            >${words.user}<input
              class="field"
              dir="auto"
              autocomplete="off"
              spellcheck="false"
              maxlength="255"
              required
              .value=${draft.userId}
              @input=${this.#handleUser}
          /></label>`
          : nothing
      }
    </div>`
  }

  /** What only some events have. */
  #renderExtra() {
    const { event, source, door, count, score } = this.draft
    if (isIdvEvent(event)) {
      return renderLabelled(
        words.door,
        (['seon', 'seon-idv'] as const).map((each) => renderOption(each, words.doors[each], each === door)),
        (value) => this.#change({ door: value === 'seon-idv' ? value : 'seon' }),
      )
    }
    if (source === 'seon-fraud') {
      return html`<label
        >${words.count}<input
          class="field"
          type="number"
          min="1"
          max="10000"
          step="1"
          required
          .value=${String(count)}
          @input=${this.#handleCount}
      /></label>`
    }
    if (source !== 'incode') return nothing
    return renderLabelled(
      words.score,
      SCORES.map((each) => renderOption(each, words.scores[each], each === score)),
      (value) => this.#change({ score: SCORES.find((each) => each === value) ?? 'OK' }),
    )
  }

  #renderSent() {
    if (this.sent === null) return nothing
    const { hue, icon: shape, word } = readAnswer(this.sent)
    return html`<span class="said" data-hue=${hue}>${icon(shape)}${word}</span>`
  }

  #change(change: Partial<EventDraft>): void {
    this.draft = { ...this.draft, ...change }
    this.sent = null
    this.problem = null
  }

  #handleUser = ({ target }: Event): void => {
    if (target instanceof HTMLInputElement) this.#change({ userId: target.value })
  }

  #handleCount = ({ target }: Event): void => {
    if (target instanceof HTMLInputElement && target.validity.valid) this.#change({ count: target.valueAsNumber })
  }

  #handleSubmit = async (event: Event): Promise<void> => {
    event.preventDefault()
    if (this.isBusy) return
    this.isBusy = true
    this.sent = null
    this.problem = null
    try {
      const { about, userId } = this.draft
      const started = about === 'start' ? await requestStart(this.api, userId) : null
      this.sent = await requestTrigger(this.api, toTrigger(this.draft, started))
      // What follows is mostly about the same one.
      if (started !== null) this.draft = { ...this.draft, about: `id:${started}` }
    } catch (error) {
      this.problem = messages.failures[readErrorCode(error)]
    }
    this.isBusy = false
    this.dispatchEvent(new Event('sv-sent'))
  }
}

function readAbout(value: string): About {
  if (value === 'start') return value
  return value.startsWith('id:') ? `id:${value.slice('id:'.length)}` : 'unknown'
}

/** An option holds no elements: marks keep a text written from right to left from turning its neighbours. */
function isolate(text: string): string {
  return `\u2068${text.replaceAll(/[\u202a-\u202e\u2066-\u2069]/g, '')}\u2069`
}

import { css, html, LitElement } from 'lit'
import type { SandboxAttempt } from '../../../server/protocol.ts'
import { messages } from '../messages.ts'
import { icon } from '../parts/icons.ts'
import { formatClock } from '../parts/time/time-format.ts'
import { badgeStyles } from '../styles/badge.ts'
import { base } from '../styles/base.ts'
import { hues } from '../styles/hues.ts'
import { readAnswer } from './answer.ts'
import { sandboxStyles } from './sandbox-styles.ts'

const words = messages.sandbox.log

/** What was sent lately, newest first, with the answer that our door gave: a vendor's delivery log. */
export class SentLog extends LitElement {
  static override properties = { attempts: { attribute: false } }
  static override styles = [
    base,
    badgeStyles,
    hues,
    sandboxStyles,
    css`
      :host {
        container-type: inline-size;
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        justify-content: space-between;
        gap: var(--space-4) var(--space-16);
        margin-block-end: var(--space-8);
      }
      .head a {
        color: var(--accent-text);
        font-size: var(--size-13);
      }
      table {
        inline-size: 100%;
        border-collapse: collapse;
        table-layout: fixed;
        font-size: var(--size-13);
      }
      th {
        padding: var(--space-8) var(--space-12) var(--space-8) 0;
        color: var(--text-quiet);
        font-size: var(--size-12);
        font-weight: var(--medium);
        text-align: start;
      }
      td {
        block-size: 44px;
        padding: var(--space-4) var(--space-12) var(--space-4) 0;
        border-block-start: 1px solid var(--hairline);
        vertical-align: middle;
      }
      .time {
        color: var(--text-quiet);
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }
      .event bdi {
        display: block;
        text-align: match-parent;
      }
      .source {
        color: var(--text-quiet);
        font-size: var(--size-12);
      }
      th:nth-child(1) {
        inline-size: 84px;
      }
      th:nth-child(3) {
        inline-size: 148px;
      }
      th:nth-child(4) {
        inline-size: 108px;
      }
      th:nth-child(5) {
        inline-size: 150px;
      }
      th:nth-child(6) {
        inline-size: 92px;
      }
      /* Columns go in this order as the room does. */
      @container (max-width: 819.98px) {
        :is(th, td):nth-child(3) {
          display: none;
        }
      }
      @container (max-width: 639.98px) {
        :is(th, td):is(:nth-child(4), :nth-child(6)) {
          display: none;
        }
      }
      @container (max-width: 419.98px) {
        :is(th, td):first-child {
          display: none;
        }
      }
    `,
  ]
  declare attempts: readonly SandboxAttempt[]

  constructor() {
    super()
    this.attempts = []
  }

  protected override render() {
    const { columns } = words
    return html`<div class="head">
        <h2 id="title">${words.title}</h2>
        <a href="?view=deliveries">${words.deliveries}</a>
      </div>
      ${
        this.attempts.length === 0
          ? html`<sv-notice icon="inbox" heading=${words.empty} text=${words.emptyNext}></sv-notice>`
          : html`<table aria-labelledby="title">
            <thead>
              <tr>
                <th scope="col">${columns.at}</th>
                <th scope="col">${columns.event}</th>
                <th scope="col">${columns.about}</th>
                <th scope="col">${columns.attempt}</th>
                <th scope="col">${columns.answer}</th>
                <th scope="col">${columns.next}</th>
              </tr>
            </thead>
            <tbody>
              ${this.attempts.map((attempt) => renderAttempt(attempt))}
            </tbody>
          </table>`
      }`
  }
}

function renderAttempt(attempt: SandboxAttempt) {
  const { hue, icon: shape, word } = readAnswer(attempt)
  return html`<tr>
    <td class="time"><time datetime=${attempt.at}>${formatClock(Date.parse(attempt.at))}</time></td>
    <td class="event">
      <bdi class="code cut-off" title=${attempt.event}>${attempt.event}</bdi>
      <span class="source">${messages.sources[attempt.source]}</span>
    </td>
    <td>${attempt.subject === null ? '' : html`<sv-copy-id .value=${attempt.subject}></sv-copy-id>`}</td>
    <td>${words.attempt(attempt)}</td>
    <td><span class="badge" data-hue=${hue}>${icon(shape)}${word}</span></td>
    <td class="time">
      ${
        attempt.nextAttemptAt === null
          ? html`<span aria-label=${words.noNext} role="img">–</span>`
          : html`<time datetime=${attempt.nextAttemptAt}>${formatClock(Date.parse(attempt.nextAttemptAt))}</time>`
      }
    </td>
  </tr>`
}

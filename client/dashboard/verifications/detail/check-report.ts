import { html, LitElement, nothing } from 'lit'
import type { Check } from '../../../../server/protocol.ts'
import { messages } from '../../messages.ts'
import type { IconName } from '../../parts/icons.ts'
import { icon } from '../../parts/icons.ts'
import type { Hue } from '../../parts/status/status-look.ts'
import { lookUp } from '../../parts/text/look-up.ts'
import { shortenId } from '../../parts/text/short-id.ts'
import { formatRoute, parseRoute } from '../../routing/route.ts'
import { base } from '../../styles/base.ts'
import { hues } from '../../styles/hues.ts'
import { checkReportStyles } from './check-report-styles.ts'

const words = messages.checks

type Result = Check['result']

const LOOKS: Record<Result, { hue: Hue; icon: IconName }> = {
  fail: { hue: 'red', icon: 'declined' },
  review: { hue: 'amber', icon: 'review' },
  unknown: { hue: 'grey', icon: 'unrecognised' },
  not_performed: { hue: 'grey', icon: 'cancelled' },
  pass: { hue: 'green', icon: 'approved' },
}

/** Worst first: the order in which a person would want to know. */
const RESULTS: readonly Result[] = ['fail', 'review', 'unknown', 'not_performed', 'pass']

const GROUPS: readonly Check['group'][] = [
  'document',
  'data',
  'selfie',
  'liveness',
  'face_match',
  'address',
  'duplicates',
  'aml',
]

// Up to this many passed checks of a group stand open; more of them are one line to unfold.
const FEW = 3

/**
 * The vendor's checks as a report: by group, in the order in which a person would go through them, what did not pass before what did,
 * and at the end what the vendor has said nothing of.
 */
export class CheckReport extends LitElement {
  static override properties = { checks: { attribute: false } }
  static override styles = [base, hues, checkReportStyles]
  declare checks: readonly Check[]

  constructor() {
    super()
    this.checks = []
  }

  protected override render() {
    const byGroup = Map.groupBy(this.checks, ({ group }) => group)
    const missing = GROUPS.filter((group) => !byGroup.has(group))
    return html`<h3>${messages.detail.checks}</h3>
      <p class="sum">${this.#renderSum()}</p>
      ${GROUPS.map((group) => renderGroup(group, byGroup.get(group) ?? []))}
      ${
        missing.length === 0
          ? nothing
          : html`<p class="missing">${words.missing(missing.map((group) => words.groups[group].toLowerCase()))}</p>`
      }`
  }

  #renderSum() {
    return RESULTS.map((result) => {
      const count = this.checks.filter((check) => check.result === result).length
      if (count === 0) return nothing
      const { hue, icon: shape } = LOOKS[result]
      return html`<span class="result" data-hue=${hue}>${icon(shape)}${messages.number(count)} ${words.counted[result]}</span>`
    })
  }
}

function renderGroup(group: Check['group'], checks: readonly Check[]) {
  if (checks.length === 0) return nothing
  const overall = checks.find(({ name }) => name === 'overall')
  const single = checks.filter((check) => check !== overall)
  const passed = single.filter(({ result }) => result === 'pass')
  const others = RESULTS.flatMap((result) =>
    result === 'pass' ? [] : single.filter((check) => check.result === result),
  )
  const isLong = passed.length > FEW
  const deliveries = new Set(checks.flatMap(({ deliveryId }) => deliveryId ?? []))
  return html`<section class="group">
    <h4>${words.groups[group]}</h4>
    <div>
      <ul>
        ${overall ? renderCheck(overall) : nothing} ${others.map(renderCheck)} ${isLong ? nothing : passed.map(renderCheck)}
      </ul>
      ${
        isLong
          ? html`<details>
              <summary>${words.morePassed(passed.length)}</summary>
              <ul>
                ${passed.map(renderCheck)}
              </ul>
            </details>`
          : nothing
      }
      ${[...deliveries].map(renderDelivery)}
    </div>
  </section>`
}

function renderCheck({ name, result }: Check) {
  const { hue, icon: shape } = LOOKS[result]
  return html`<li>
    <span class="name"><bdi>${name === 'overall' ? words.overall : (lookUp(words.names, name) ?? readFieldName(name))}</bdi></span>
    <span class="result" data-hue=${hue}>${icon(shape)}${words.results[result]}</span>
  </li>`
}

function renderDelivery(id: string) {
  return html`<p class="origin">
    ${messages.detail.from}
    <a href=${formatRoute({ ...parseRoute(''), view: 'deliveries', open: id })} title=${id}
      >${messages.detail.byDelivery} <bdi class="code">${shortenId(id)}</bdi></a
    >
  </p>`
}

/** A vendor's field name as words: "expiryDate" → "Expiry date". */
export function readFieldName(name: string): string {
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

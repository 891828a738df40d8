import { css, html, LitElement } from 'lit'
import type { Check } from '../../../../server/protocol.ts'
import { messages } from '../../messages.ts'
import type { IconName } from '../../parts/icons.ts'
import { icon } from '../../parts/icons.ts'
import type { Hue } from '../../parts/status/status-look.ts'
import { base } from '../../styles/base.ts'
import { hues } from '../../styles/hues.ts'

const LOOKS: Record<Check['result'], { hue: Hue; icon: IconName }> = {
  pass: { hue: 'green', icon: 'approved' },
  review: { hue: 'amber', icon: 'review' },
  fail: { hue: 'red', icon: 'declined' },
  not_performed: { hue: 'grey', icon: 'cancelled' },
  unknown: { hue: 'grey', icon: 'unrecognised' },
}

/** The vendor's checks as a report: by group, in the order in which a person would go through them. */
export class CheckReport extends LitElement {
  static override properties = { checks: { attribute: false } }
  static override styles = [
    base,
    hues,
    css`
      h3 {
        margin-block-end: var(--space-8);
        font-size: var(--size-14);
        font-weight: var(--strong);
      }
      .group {
        display: grid;
        grid-template-columns: 108px minmax(0, 1fr);
        gap: var(--space-16);
        padding-block: var(--space-8);
        border-block-start: 1px solid var(--hairline);
        font-size: var(--size-13);
      }
      h4 {
        margin: 0;
        color: var(--text-quiet);
        font-size: inherit;
        font-weight: var(--regular);
      }
      li {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-12);
      }
      li + li {
        margin-block-start: var(--space-4);
      }
      .name {
        min-inline-size: 0;
        overflow-wrap: anywhere;
      }
      .result {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        color: var(--text-hue);
        font-weight: var(--medium);
        white-space: nowrap;
      }
      .icon {
        inline-size: 14px;
        block-size: 14px;
        color: var(--line);
      }
      @media (max-width: 359.98px) {
        .group {
          grid-template-columns: minmax(0, 1fr);
          gap: var(--space-4);
        }
      }
    `,
  ]
  declare checks: readonly Check[]

  constructor() {
    super()
    this.checks = []
  }

  protected override render() {
    const groups = Object.entries(messages.checks.groups)
      .map(([group, word]) => ({ word, checks: this.checks.filter((check) => check.group === group) }))
      .filter(({ checks }) => checks.length > 0)
    return html`<h3>${messages.detail.checks}</h3>
      ${groups.map(
        ({ word, checks }) =>
          html`<section class="group">
            <h4>${word}</h4>
            <ul>
              ${checks.map((check) => this.#renderCheck(check))}
            </ul>
          </section>`,
      )}`
  }

  #renderCheck({ name, result }: Check) {
    const { hue, icon: shape } = LOOKS[result]
    return html`<li>
      <span class="name"><bdi>${name === 'overall' ? messages.checks.overall : readFieldName(name)}</bdi></span>
      <span class="result" data-hue=${hue}>${icon(shape)}${messages.checks.results[result]}</span>
    </li>`
  }
}

/** A vendor's field name as words: "expiryDate" → "Expiry date". */
export function readFieldName(name: string): string {
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

import { css, html, LitElement } from 'lit'
import type { DeliveryOutcome } from '../../../server/protocol.ts'
import { messages } from '../messages.ts'
import { icon } from '../parts/icons.ts'
import { badgeStyles } from '../styles/badge.ts'
import { base } from '../styles/base.ts'
import { hues } from '../styles/hues.ts'
import { OUTCOME_LOOKS } from './outcome-look.ts'

/** What became of a delivery, as icon, word and colour. */
export class OutcomeBadge extends LitElement {
  static override properties = { outcome: {} }
  static override styles = [
    base,
    hues,
    badgeStyles,
    css`
      :host {
        display: inline-flex;
        vertical-align: middle;
      }
    `,
  ]
  declare outcome: DeliveryOutcome

  constructor() {
    super()
    this.outcome = 'accepted'
  }

  protected override render() {
    const { hue, icon: shape, isOutlined } = OUTCOME_LOOKS[this.outcome]
    return html`<span class="badge ${isOutlined ? 'outlined' : ''}" data-hue=${hue}
      >${icon(shape)}${messages.deliveries.outcomes[this.outcome]}</span
    >`
  }
}

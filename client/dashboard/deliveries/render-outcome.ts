import { html, type TemplateResult } from 'lit'
import type { DeliveryOutcome } from '../../../server/protocol.ts'
import { messages } from '../messages.ts'
import { icon } from '../parts/icons.ts'
import { OUTCOME_LOOKS } from './outcome-look.ts'

/** What became of a delivery, as icon, word and colour. Needs `badgeStyles` and `hues` of whoever shows it. */
export function renderOutcome(outcome: DeliveryOutcome): TemplateResult {
  const { hue, icon: shape, isOutlined } = OUTCOME_LOOKS[outcome]
  return html`<span class="badge ${isOutlined ? 'outlined' : ''}" data-hue=${hue}
    >${icon(shape)}${messages.deliveries.outcomes[outcome]}</span
  >`
}

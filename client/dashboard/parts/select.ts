import type { TemplateResult } from 'lit'
import { html } from 'lit'
import { icon } from './icons.ts'

export interface SelectChoice<T extends string> {
  /** Its name, and what it shows while nothing is chosen. */
  label: string
  chosen: T | null
  options: readonly T[]
  names: Record<T, string>
  /** Shown instead of an option where more than one is chosen at once, elsewhere. */
  several?: string | null
  choose: (chosen: T | null) => void
}

/** A filter with one choice: the browser's own select under our face (see styles/controls.ts). */
export function renderSelect<T extends string>(choice: SelectChoice<T>): TemplateResult {
  const { label, chosen, options, names, several, choose } = choice
  const handleChange = ({ target }: Event) => {
    if (target instanceof HTMLSelectElement) choose(options.find((each) => each === target.value) ?? null)
  }
  return html`<span class="select"
    ><select class="field ${chosen || several ? 'chosen' : ''}" aria-label=${label} @change=${handleChange}>
      <option value="" .selected=${chosen === null && !several}>${label}</option>
      ${several ? html`<option value="several" .selected=${true} disabled>${several}</option>` : ''}
      ${options.map((each) => html`<option value=${each} .selected=${each === chosen && !several}>${names[each]}</option>`)}
    </select>
    ${icon('chevron')}</span
  >`
}

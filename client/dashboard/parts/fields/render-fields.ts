import type { TemplateResult } from 'lit'
import { html } from 'lit'
import { live } from 'lit/directives/live.js'
import { icon } from '../icons.ts'

/** One of a few, all in sight: radio buttons that look like one control. */
export function renderSegments<T extends string>(choice: {
  name: string
  label: string
  chosen: T | null
  options: readonly T[]
  names: Record<T, string>
  choose: (chosen: T) => void
}): TemplateResult {
  const { name, label, chosen, options, names, choose } = choice
  return html`<fieldset>
    <legend>${label}</legend>
    <span class="segments"
      >${options.map(
        (option) =>
          html`<label class="button"
            ><input
              class="unseen"
              type="radio"
              name=${name}
              value=${option}
              .checked=${live(option === chosen)}
              @change=${() => choose(option)}
            />${names[option]}</label
          >`,
      )}</span
    >
  </fieldset>`
}

/** A select under its label; what is in it is up to the caller. */
export function renderLabelled(
  label: string,
  options: unknown,
  choose: (value: string) => void,
  hint: unknown = null,
): TemplateResult {
  const handleChange = ({ target }: Event) => {
    if (target instanceof HTMLSelectElement) choose(target.value)
  }
  return html`<label
    >${label}<span class="select"
      ><select class="field" @change=${handleChange}>
        ${options}</select
      >${icon('chevron')}</span
    >${hint === null ? '' : html`<span class="hint">${hint}</span>`}</label
  >`
}

export function renderOption(value: string, text: string, isChosen: boolean): TemplateResult {
  return html`<option value=${value} .selected=${isChosen}>${text}</option>`
}

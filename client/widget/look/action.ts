import { html, nothing, type TemplateResult } from 'lit'

export interface Action {
  name: 'start' | 'startAnyway' | 'startLink' | 'close' | 'showWindow'
  label: string | TemplateResult
  primary?: boolean
  busy?: boolean
  disabled?: boolean
}

export interface ActionListener {
  onAction: (name: Action['name']) => void
  /** The visitor comes near a button that starts. */
  onIntent: () => void
}

export function renderActions(actions: Action[], { onAction, onIntent }: ActionListener): TemplateResult {
  return html`<div class="actions" part="actions">${actions.map(({ name, label, primary, busy, disabled }) => {
    const prepare = name === 'start' ? onIntent : nothing
    return html`<button
      type="button"
      part="button ${name}"
      class=${primary ? 'primary' : nothing}
      aria-disabled=${busy ? 'true' : nothing}
      ?disabled=${disabled}
      @click=${() => onAction(name)}
      @pointerenter=${prepare}
      @focus=${prepare}
    >${busy ? html`<span class="busy-dot"></span>` : nothing}${label}</button>`
  })}</div>`
}

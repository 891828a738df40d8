import { html, nothing, type TemplateResult } from 'lit'
import type { IntroMessages } from '../messages/messages.ts'
import { type ActionListener, renderActions } from './action.ts'

/** What is there before a click and while it takes effect. */
export function renderIntro(
  messages: IntroMessages,
  { starting, disabled }: { starting: boolean; disabled: boolean },
  listener: ActionListener,
): TemplateResult {
  const label = html`<slot name="label">${messages.start}</slot>`
  const actions = starting
    ? renderActions(
        [
          { name: 'start', label: messages.starting, primary: true, busy: true },
          { name: 'close', label: messages.cancel },
        ],
        listener,
      )
    : renderActions([{ name: 'start', label, primary: true, disabled }], listener)
  return html`${actions}
    <p class="small" part="hint"><slot name="hint">${messages.startHint}</slot></p>
    ${
      messages.privacy
        ? html`<p class="small privacy" part="privacy"
      ><svg viewBox="0 0 16 16" aria-hidden="true"><path d="M3 7h10v7H3zM5.5 7V5a2.5 2.5 0 0 1 5 0v2"></path></svg
      ><span><slot name="privacy">${messages.privacy}</slot></span></p>`
        : nothing
    }`
}

import { html, type TemplateResult } from 'lit'
import { messages } from '../messages.ts'

/** In place of what could not be fetched, as after an update of the server. */
export function renderMissing(): TemplateResult {
  return html`<sv-notice role="alert" icon="warning" heading=${messages.app.viewFailed} text=${messages.app.viewFailedNext}
    ><button type="button" @click=${() => location.reload()}>${messages.app.reload}</button></sv-notice
  >`
}

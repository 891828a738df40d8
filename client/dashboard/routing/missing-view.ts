import { html, LitElement } from 'lit'
import { messages } from '../messages.ts'
import { base } from '../styles/base.ts'
import { controls } from '../styles/controls.ts'

/** In place of what could not be fetched, as after an update of the server. */
export class MissingView extends LitElement {
  static override styles = [base, controls]

  protected override render() {
    return html`<sv-notice role="alert" icon="warning" heading=${messages.app.viewFailed} text=${messages.app.viewFailedNext}
      ><button class="button" type="button" @click=${() => location.reload()}>${messages.app.reload}</button></sv-notice
    >`
  }
}

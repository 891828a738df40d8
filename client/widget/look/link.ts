import { html, type TemplateResult } from 'lit'
import type { Link } from '../link/link-run.ts'
import type { Messages } from '../messages/messages.ts'

export type ShownLink = Link & Pick<Messages, 'qrCode' | 'openLink'>

/** For another device's camera, and for those who stay on this one. */
export function renderLink({ url, code: { size, path }, qrCode, openLink }: ShownLink): TemplateResult {
  return html`<svg part="qr-code" class="qr" role="img" aria-label=${qrCode} viewBox="0 0 ${size} ${size}">
      <rect width="100%" height="100%"></rect><path d=${path}></path>
    </svg>
    <a part="link" href=${url} target="_blank" rel="noopener">${openLink}</a>`
}

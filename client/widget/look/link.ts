import { html, nothing, type TemplateResult } from 'lit'
import type { Link } from '../link/link-run.ts'
import type { Messages } from '../messages/messages.ts'

export type ShownLink = Link & Pick<Messages, 'qrCode' | 'openLink'>

/** A phone or tablet, which has the camera itself: whoever holds it can hardly point it at its own screen. */
const handheld = matchMedia('(pointer: coarse)')

/** For another device's camera, and for those who stay on this one; what is likelier comes first. */
export function renderLink({ url, code: { size, path }, qrCode, openLink }: ShownLink): TemplateResult {
  const code = html`<svg part="qr-code" class="qr" role="img" aria-label=${qrCode} viewBox="0 0 ${size} ${size}">
      <rect width="100%" height="100%"></rect><path d=${path}></path>
    </svg>`
  const here = html`<a part="link" class=${handheld.matches ? 'primary' : nothing} href=${url} target="_blank" rel="noopener"
      >${openLink}</a
    >`
  return handheld.matches ? html`${here}${code}` : html`${code}${here}`
}

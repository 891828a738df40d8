import { SeonVerifyElement } from './seon-verify-element.ts'
import { awaitDivs } from './tag-less/await-divs.ts'

export type * from './events.ts'
export type { FailureCode } from './failure.ts'
export type { Phase } from './phase.ts'
export { SeonVerifyElement }

SeonVerifyElement.defaultServer = new URL(/* @vite-ignore */ '.', import.meta.url).href

// A page may carry the script twice; the first one stays.
if (!customElements.get('seon-verify')) {
  customElements.define('seon-verify', SeonVerifyElement)
  awaitDivs()
}

declare global {
  interface HTMLElementTagNameMap {
    'seon-verify': SeonVerifyElement
  }
}

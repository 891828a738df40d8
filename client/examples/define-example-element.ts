import type { OwnMessages } from '../widget/messages/messages.ts'
import type { Change } from '../widget/phase.ts'

export interface ExampleElement extends HTMLElement {
  messages: OwnMessages
  /** Brings the element to a moment without anything having happened. */
  show(changes: readonly Change[]): void
}

/** The address is known to the server only: what is shown is the very file that sites get. */
const SCRIPT = '/seon-verify.js'

/** Defines `<seon-verify-example>`: the element as it is, and a way to show any of its moments. */
export async function defineExampleElement(): Promise<void> {
  const { SeonVerifyElement }: typeof import('../widget/seon-verify.ts') = await import(/* @vite-ignore */ SCRIPT)
  customElements.define(
    'seon-verify-example',
    class extends SeonVerifyElement implements ExampleElement {
      show(changes: readonly Change[]): void {
        for (const change of changes) this.apply(change)
      }
    },
  )
}

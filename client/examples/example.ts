import type { OwnMessages } from '../widget/messages/messages.ts'
import type { Change } from '../widget/phase.ts'

/** One element on the page of examples. */
export interface Example {
  /** Unique on the page; what an address may end in. */
  id: string
  title: string
  /** What brings the element to the moment that is shown. None: it waits for a click, and then runs in the sandbox. */
  changes?: readonly Change[]
  attributes?: Readonly<Record<string, string>>
  /** Custom properties and the like, as a page would set them. */
  style?: string
  /** A slot's name and its words. */
  slots?: Readonly<Record<string, string>>
  messages?: OwnMessages
}

export interface Chapter {
  id: string
  title: string
  text: string
  examples: readonly Example[]
}

import type { Status } from '../../server/protocol.ts'
import type { Failure } from './failure.ts'

/** How the visitor's browser says that it ended: a hint, never the decision. */
export type Outcome = 'success' | 'pending' | 'failed' | 'unknown'

/**
 * What each event of `<seon-verify>` carries in `detail`; its name on the page is `seon-verify-` and this. All bubble and
 * cross shadow roots.
 */
export interface SeonVerifyDetails {
  /** SEON's page has spoken for the first time: it is really there. */
  opened: null
  /** The visitor has begun. */
  started: null
  /** The visitor is through. What was decided comes with `status`. */
  completed: { status: Outcome }
  /** The visitor gave up in SEON's page or closed its window. */
  cancelled: null
  error: Failure
  /** Once for each start, last: nothing of SEON's is on the page any more. */
  closed: null
  /** The authoritative status, at once and whenever it changes. */
  status: { status: Status }
}

export type EventName = keyof SeonVerifyDetails
export type SeonVerifyEvent<Name extends EventName> = CustomEvent<SeonVerifyDetails[Name]>

type SeonVerifyEventMap = { [Name in EventName as `seon-verify-${Name}`]: SeonVerifyEvent<Name> }

declare global {
  interface GlobalEventHandlersEventMap extends SeonVerifyEventMap {}
}

import type { Route } from './route.ts'

/** Asks the dashboard to change the address by `change`; the route then comes down as a property. `replace` leaves no step to go back to. */
export class NavigateEvent extends Event {
  readonly change: Partial<Route>
  readonly replace: boolean

  constructor(change: Partial<Route>, replace = false) {
    super('sv-navigate', { bubbles: true, composed: true })
    this.change = change
    this.replace = replace
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'sv-navigate': NavigateEvent
  }
}

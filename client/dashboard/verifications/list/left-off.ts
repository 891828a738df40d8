/**
 * How an operator left the list, for when they come back to it: while they are signed in and the page lives, as what is searched for may
 * name a person.
 */
export interface LeftOff {
  list: {
    /** `formatRoute` of where it was: another address is another list. */
    address: string
    search: string
    /** Px from the page's top. */
    scroll: number
  } | null
}

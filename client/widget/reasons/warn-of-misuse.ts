import type { Mode } from '../frame/mode.ts'
import { warn } from './warn.ts'

const MODES = ['fullscreen', 'inline', 'popup', 'link'] as const satisfies Mode[]

/** What the page says to the element and cannot mean, in the browser's console: at a start, when all has been said. */
export function warnOfMisuse(said: {
  mode: string
  userId: unknown
  userToken: string | undefined
  /** The token names another user than the page does. */
  differs: boolean
}): void {
  const { mode, userId, userToken, differs } = said
  if (!MODES.some((known) => known === mode)) {
    warn('mode', `There is no mode "${mode}", so it is taken for fullscreen. There are ${MODES.join(', ')}.`)
  }
  if (!userId && !userToken) warn('user-id', 'Nobody is named who is to be verified: set `user-id`, or a user token.')
  if (differs) {
    warn(
      'differs',
      'The user token’s `sub` is verified, not `user-id`, which is another: who comes back is known only where both are the same.',
    )
  }
}

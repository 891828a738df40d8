import type { Mode } from '../frame/mode.ts'
import { warn } from './warn.ts'

const MODES = ['fullscreen', 'inline', 'popup', 'link'] as const satisfies Mode[]

/** What the page says to the element and cannot mean, in the browser's console: at a start, when all has been said. */
export function warnOfMisuse(said: { mode: string; userId: unknown; userToken: string | undefined }): void {
  const { mode, userId, userToken } = said
  if (!MODES.some((known) => known === mode)) {
    warn('mode', `There is no mode "${mode}", so it is taken for fullscreen. There are ${MODES.join(', ')}.`)
  }
  if (!userId && !userToken) warn('user-id', 'Nobody is named who is to be verified: set `user-id`, or a user token.')
}

import type { SandboxAttempt } from '../../../server/protocol.ts'
import { messages } from '../messages.ts'
import type { IconName } from '../parts/icons.ts'
import type { Hue } from '../parts/status/status-look.ts'
import { lookUp } from '../parts/text/look-up.ts'

const { answers, errors } = messages.sandbox

/** What became of a try, as colour, icon and words. */
export function readAnswer({ status, error }: SandboxAttempt): { hue: Hue; icon: IconName; word: string } {
  if (status === null) {
    const word = lookUp(errors, error ?? '') ?? error ?? ''
    return error === 'HELD' ? { hue: 'cool', icon: 'overdue', word } : { hue: 'amber', icon: 'warning', word }
  }
  if (status < 300) return { hue: 'green', icon: 'approved', word: `${status} · ${answers.taken}` }
  if (status < 500 && status !== 429) return { hue: 'red', icon: 'declined', word: `${status} · ${answers.refused}` }
  return { hue: 'amber', icon: 'warning', word: `${status} · ${answers.later}` }
}

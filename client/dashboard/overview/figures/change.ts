import { messages } from '../../messages.ts'
import type { IconName } from '../../parts/icons.ts'

const words = messages.overview.changes

/** A figure beside the one of the period before, in words: by how much it moved, and from what. */
export interface Change {
  text: string
  icon: IconName | null
  hint: string
}

/** As a share of what it was; `format` writes the figure before. Null where there is nothing to compare. */
export function readChange(now: number | null, before: number | null, format: (value: number) => string): Change {
  if (now === null || before === null || before === 0) return NOTHING
  return describe(now - before, words.percent((now - before) / before), format(before))
}

/** For shares (0–1), whose difference is told in points. */
export function readChangeInPoints(now: number | null, before: number | null): Change {
  if (now === null || before === null) return NOTHING
  return describe(now - before, words.points(now - before), messages.overview.percent(before))
}

const NOTHING: Change = { text: words.none, icon: null, hint: '' }

function describe(difference: number, text: string, before: string): Change {
  const hint = words.hint(before)
  // What rounds to nothing is nothing.
  if (!/[1-9]/.test(text)) return { text: words.same, icon: null, hint }
  return { text, icon: difference > 0 ? 'up' : 'down', hint }
}

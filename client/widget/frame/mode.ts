import { canOpenPopup } from './popup.ts'

export const MODES = ['fullscreen', 'inline', 'popup'] as const
export type Mode = (typeof MODES)[number]

/** What a page asked for, as far as it exists and this browser can. */
export function resolveMode(asked: string | null): Mode {
  const mode = MODES.find((known) => known === asked) ?? 'fullscreen'
  return mode === 'popup' && !canOpenPopup() ? 'fullscreen' : mode
}

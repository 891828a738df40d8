import { canOpenPopup } from './popup.ts'

export type Mode = 'fullscreen' | 'inline' | 'popup' | 'link'

/** What a page asked for, as far as it exists and this browser can. */
export function resolveMode(asked: string | null): Mode {
  return asked === 'inline' || asked === 'link' || (asked === 'popup' && canOpenPopup()) ? asked : 'fullscreen'
}

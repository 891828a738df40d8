import { messages } from '../../messages.ts'
import { lookUp } from './look-up.ts'

/** An event in words, if there are any for it; SEON's older doors write `idv:…` for `idv/…`. */
export function nameEvent(event: string): string | undefined {
  return lookUp(messages.events, event.replaceAll(':', '/'))
}

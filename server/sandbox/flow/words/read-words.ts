import { ar } from './ar.ts'
import { de } from './de.ts'
import { en, type FlowWords } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { hu } from './hu.ts'
import { it } from './it.ts'
import { pt } from './pt.ts'
import { zh } from './zh.ts'

export interface Language {
  words: FlowWords
  /** For `<html lang>`. */
  lang: string
  dir: 'ltr' | 'rtl'
}

const ENGLISH: Language = { words: en, lang: 'en', dir: 'ltr' }

/** By SEON's codes, two of which are no language tags (`ae`, `cn`). */
const LANGUAGES = new Map<string, Language>([
  ['en', ENGLISH],
  ['de', { words: de, lang: 'de', dir: 'ltr' }],
  ['es', { words: es, lang: 'es', dir: 'ltr' }],
  ['fr', { words: fr, lang: 'fr', dir: 'ltr' }],
  ['it', { words: it, lang: 'it', dir: 'ltr' }],
  ['pt', { words: pt, lang: 'pt', dir: 'ltr' }],
  ['hu', { words: hu, lang: 'hu', dir: 'ltr' }],
  ['ae', { words: ar, lang: 'ar', dir: 'rtl' }],
  ['cn', { words: zh, lang: 'zh', dir: 'ltr' }],
])

/** Anything else is English, as in the SDK. */
export function readWords(code: string): Language {
  return LANGUAGES.get(code) ?? ENGLISH
}

import { en, type FlowWords } from './en.ts'

export type { FlowWords }

/** SEON's language codes, two of which are no language tags (`ae`, `cn`); anything else is English, as there. */
const LANGUAGES: Record<string, { words: FlowWords; lang: string; dir: 'ltr' | 'rtl' }> = {
  en: { words: en, lang: 'en', dir: 'ltr' },
}

export function readWords(language: string): { words: FlowWords; lang: string; dir: 'ltr' | 'rtl' } {
  const known = Object.hasOwn(LANGUAGES, language) ? LANGUAGES[language] : undefined
  return known ?? { words: en, lang: 'en', dir: 'ltr' }
}

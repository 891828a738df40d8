/** What SEON's flow speaks, by the language part of a BCP 47 tag. Two of SEON's codes are none (vendor facts §4.1). */
const SDK_LANGUAGES: Readonly<Record<string, string>> = {
  en: 'en',
  de: 'de',
  es: 'es',
  fr: 'fr',
  it: 'it',
  pt: 'pt',
  hu: 'hu',
  ar: 'ae',
  zh: 'cn',
}

/** SEON's code for a BCP 47 tag (`zh-Hans-CN` is `cn`), English for what it does not speak. */
export function toSdkLanguage(tag = 'en'): string {
  return SDK_LANGUAGES[tag.split(/[-_]/)[0]?.toLowerCase() ?? ''] ?? 'en'
}

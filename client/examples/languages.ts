/** What the element speaks, each by its own name. */
export const languages = [
  { tag: 'en', name: 'English' },
  { tag: 'de', name: 'Deutsch' },
  { tag: 'es', name: 'Español' },
  { tag: 'fr', name: 'Français' },
  { tag: 'it', name: 'Italiano' },
  { tag: 'pt', name: 'Português' },
  { tag: 'hu', name: 'Magyar' },
  { tag: 'ar', name: 'العربية' },
  { tag: 'zh', name: '中文' },
] as const

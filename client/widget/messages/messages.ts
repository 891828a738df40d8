import type { en } from './en.ts'
import { enIntro } from './en-intro.ts'

type Texts<T> = { readonly [Key in keyof T]: T[Key] extends string ? string : Texts<T[Key]> }

/** All words of one language. */
export type Messages = Texts<typeof en>

/** Those of them that are shown before a click. */
export type IntroMessages = Texts<typeof enIntro>

/** Words of the page's own instead of ours; `lang` and `dir` too, where they are in a language that is not spoken here. */
export type OwnMessages = Partial<Omit<Messages, 'failures'>> & { readonly failures?: Partial<Messages['failures']> }

/** The others, by BCP 47 language part, each a chunk of its own. A language that lacks a text does not compile. */
const LOADERS: ReadonlyMap<string, () => Promise<{ messages: Messages }>> = new Map([
  ['de', () => import('./translations/de.ts')],
  ['es', () => import('./translations/es.ts')],
  ['fr', () => import('./translations/fr.ts')],
  ['it', () => import('./translations/it.ts')],
  ['pt', () => import('./translations/pt.ts')],
  ['hu', () => import('./translations/hu.ts')],
  ['ar', () => import('./translations/ar.ts')],
  ['zh', () => import('./translations/zh.ts')],
])

/** What is at hand without loading anything: English, unless the language is one of the others. */
export function getIntroMessages(tag: string): IntroMessages | null {
  return LOADERS.has(toLanguage(tag)) ? null : enIntro
}

/** The texts for a BCP 47 tag, English for a language that is not spoken. Rejects when their chunk cannot be loaded. */
export async function loadMessages(tag: string): Promise<Messages> {
  const load = LOADERS.get(toLanguage(tag))
  return load ? (await load()).messages : (await import('./en.ts')).en
}

/** Puts the page's own words in. */
export function applyOwnMessages(messages: Messages, own: OwnMessages | undefined): Messages {
  return { ...messages, ...own, failures: { ...messages.failures, ...own?.failures } }
}

/** The first of the tags whose language is spoken here. */
export function findSpoken(tags: readonly string[]): string | undefined {
  return tags.find((tag) => toLanguage(tag) === 'en' || LOADERS.has(toLanguage(tag)))
}

/** Some sites write `pt_BR`. */
function toLanguage(tag: string): string {
  return tag.replace(/[-_].*/, '').toLowerCase()
}

import type { en } from './en.ts'
import { enIntro } from './en-intro.ts'

type Texts<T> = { readonly [Key in keyof T]: T[Key] extends string ? string : Texts<T[Key]> }

/** All words of one language. */
export type Messages = Texts<typeof en>

/** Those of them that are shown before a click. */
export type IntroMessages = Texts<typeof enIntro>

/** Words of the page's own instead of ours; `lang` and `dir` too, where they are in a language that is not spoken here. */
export type OwnMessages = Partial<Omit<Messages, 'failures'>> & { readonly failures?: Partial<Messages['failures']> }

const loadEnglish = async (): Promise<Messages> => (await import('./en.ts')).en

/** The others, by BCP 47 language part, each a chunk of its own. A language that lacks a text does not compile. */
const LOADERS: ReadonlyMap<string, () => Promise<Messages>> = new Map([
  ['de', async () => (await import('./translations/de.ts')).de],
  ['es', async () => (await import('./translations/es.ts')).es],
  ['fr', async () => (await import('./translations/fr.ts')).fr],
  ['it', async () => (await import('./translations/it.ts')).it],
  ['pt', async () => (await import('./translations/pt.ts')).pt],
  ['hu', async () => (await import('./translations/hu.ts')).hu],
  ['ar', async () => (await import('./translations/ar.ts')).ar],
  ['zh', async () => (await import('./translations/zh.ts')).zh],
])

/** What is at hand without loading anything: English, unless the language is one of the others. */
export function getIntroMessages(tag: string): IntroMessages | null {
  return LOADERS.has(toLanguage(tag)) ? null : enIntro
}

/** The texts for a BCP 47 tag, English for a language that is not spoken. Rejects when their chunk cannot be loaded. */
export function loadMessages(tag: string): Promise<Messages> {
  return (LOADERS.get(toLanguage(tag)) ?? loadEnglish)()
}

/** Puts the page's own words in. */
export function applyOwnMessages(messages: Messages, own: OwnMessages): Messages {
  return { ...messages, ...own, failures: { ...messages.failures, ...own.failures } }
}

/** The first of the tags whose language is spoken here. */
export function findSpoken(tags: readonly string[]): string | undefined {
  return tags.find((tag) => toLanguage(tag) === 'en' || LOADERS.has(toLanguage(tag)))
}

/** Some sites write `pt_BR`. */
function toLanguage(tag: string): string {
  return tag.replace(/[-_].*/, '').toLowerCase()
}

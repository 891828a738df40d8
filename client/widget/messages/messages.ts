import type { en } from './en.ts'
import { enIntro } from './en-intro.ts'

type Texts<T> = { readonly [Key in keyof T]: T[Key] extends string ? string : Texts<T[Key]> }

/** All words of one language. */
export type Messages = Texts<typeof en>

/** Those of them that are shown before a click. */
export type IntroMessages = Texts<typeof enIntro>

const loadEnglish = async (): Promise<Messages> => (await import('./en.ts')).en

/** The others, by BCP 47 language part, each a chunk of its own. A language that lacks a text does not compile. */
const LOADERS: ReadonlyMap<string, () => Promise<Messages>> = new Map()

/** What is at hand without loading anything: English, unless the language is one of the others. */
export function getIntroMessages(tag: string): IntroMessages | null {
  return LOADERS.has(toLanguage(tag)) ? null : enIntro
}

/** The texts for a BCP 47 tag. Rejects when their chunk cannot be loaded. */
export function loadMessages(tag: string): Promise<Messages> {
  return (LOADERS.get(toLanguage(tag)) ?? loadEnglish)()
}

function toLanguage(tag: string): string {
  return tag.replace(/-.*/, '').toLowerCase()
}

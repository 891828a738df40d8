/** The words for a code that others chose: one like `constructor` is no word of ours, although every object has it. */
export function lookUp<T>(words: Readonly<Record<string, T | undefined>>, code: string): T | undefined {
  return Object.hasOwn(words, code) ? words[code] : undefined
}

/** What a page has set. Frameworks set numbers as properties, too, and 0 is one; undefined: nothing was set. */
export function readText(set: string | number | null | undefined): string | undefined {
  return set?.toString().replace(EDITORS_QUOTES, '')
}

/** Text editors make quotes of markup curly, which turns them into a part of the attribute. */
const EDITORS_QUOTES = /^[“-‟″«»]|[“-‟″«»]$/g

/** Rows in one statement: with 20 columns well under SQLite's 32,766 parameters. */
const PART = 500

/** Cuts what goes into one statement where it might be too much for it; nothing of nothing. */
export function inParts<Item>(items: readonly Item[]): Item[][] {
  const parts: Item[][] = []
  for (let from = 0; from < items.length; from += PART) parts.push(items.slice(from, from + PART))
  return parts
}

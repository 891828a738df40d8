// What spreadsheets take for the beginning of a formula, also in its full-width form, and what they skip before it.
const BEGINNING = /^[=+\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20]/
// Where the list separator is another than ours, or a quote is not honoured, a cell may begin in the middle of a text.
const INSIDE = /([;|\t\r\n"])(?=[=+\-@\uff1d\uff0b\uff0d\uff20])/g

/** A text of others that no spreadsheet runs (https://owasp.org/www-community/attacks/CSV_Injection). Ids of vendors stay as they are. */
export function escapeFormulas(text: string): string {
  const safe = text.replaceAll(INSIDE, "$1'")
  return BEGINNING.test(safe) ? `'${safe}` : safe
}

const number = new Intl.NumberFormat('en')
const plural = new Intl.PluralRules('en')

export function formatNumber(value: number): string {
  return number.format(value)
}

/** "1 row", "2,000 rows". */
export function formatSome(count: number, one: string, other: string): string {
  return `${number.format(count)} ${plural.select(count) === 'one' ? one : other}`
}

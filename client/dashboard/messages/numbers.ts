/** "2,000". As English writes it: a browser's own formatter takes tens of milliseconds to make, before anything is seen. */
export function formatNumber(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ',')
}

/** "1 row", "2,000 rows". */
export function formatSome(count: number, one: string, other: string): string {
  return `${formatNumber(count)} ${count === 1 ? one : other}`
}

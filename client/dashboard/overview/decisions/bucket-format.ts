const HOUR = 3_600_000

const hour = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })

/** "21 Nov, 14:00" in this device's time zone for hours; days are days of UTC: "21 Nov 2026". */
export function formatBucket(at: number, bucketMs: number): string {
  return isHourly(bucketMs) ? hour.format(at) : day.format(at)
}

export function isHourly(bucketMs: number): boolean {
  return bucketMs <= HOUR
}

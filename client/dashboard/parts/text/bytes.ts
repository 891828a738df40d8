import { lazily } from '../lazily.ts'

const whole = lazily(() => new Intl.NumberFormat('en', { maximumFractionDigits: 0 }))
const tenths = lazily(() => new Intl.NumberFormat('en', { maximumFractionDigits: 1 }))

/** "512 B", "2.4 kB", "1.9 MB"; a kB has 1,000 bytes. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${whole().format(bytes)} B`
  if (bytes < 1_000_000) return `${tenths().format(bytes / 1000)} kB`
  return `${tenths().format(bytes / 1_000_000)} MB`
}

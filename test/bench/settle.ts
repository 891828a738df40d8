import { setTimeout as sleep } from 'node:timers/promises'

/** So long a window that has just opened has Chromium load pages of its own, which take a core for themselves, ms. */
const SETTLES_WITHIN_MS = 2500

/** Before anything is measured in a new window. */
export async function settle(): Promise<void> {
  await sleep(SETTLES_WITHIN_MS)
}

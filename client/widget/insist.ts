import { directive } from './script-policy.ts'

// As long as a visitor may wait for a network that comes back: every 3 s, for 2 minutes.
const PAUSE_MS = 3000
const TRIES = 40

/** Does again what needs a file that has not got through, until it is there. What the page keeps out is not asked for again. */
export async function insist<T>(task: () => Promise<T>, tries = TRIES): Promise<T> {
  try {
    return await task()
  } catch (error) {
    if (!tries || directive) throw error
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    return insist(task, tries - 1)
  }
}

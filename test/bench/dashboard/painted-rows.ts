import type { Page } from 'playwright-core'
import { z } from 'zod'

const Seen = z.record(z.string(), z.number())

/** Notes for every verification when a frame with it was on the screen: epoch ms by vendor id. */
export async function watchRows(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: Record<string, number> = {}
    Object.assign(window, { seen })
    const view = document.querySelector('sv-verifications')?.shadowRoot
    const list: unknown = view?.querySelector('sv-verification-list')
    if (!(list instanceof HTMLElement) || !('items' in list)) throw new Error('no list')
    const update: unknown = Reflect.get(list, 'updated')
    if (typeof update !== 'function') throw new Error('not drawn by Lit')
    Object.assign(list, {
      updated(...given: unknown[]) {
        update.apply(list, given)
        const drawn: unknown = list.items
        // What was drawn in this frame is on the screen in the next; rows that newer ones have pushed below it by then count as well.
        requestAnimationFrame(() => {
          const now = performance.timeOrigin + performance.now()
          for (const { vendorId } of Array.isArray(drawn) ? drawn : []) seen[vendorId] ??= now
        })
      },
    })
  })
}

export async function readSeen(page: Page): Promise<Readonly<Record<string, number>>> {
  return Seen.parse(await page.evaluate(() => ('seen' in window ? window.seen : {})))
}

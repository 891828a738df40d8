import type { Page } from 'playwright-core'
import { z } from 'zod'

const Seen = z.record(z.string(), z.number())

/** Notes for every verification when a frame with it was on the screen: epoch ms by vendor id. */
export async function watchRows(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: Record<string, number> = {}
    Object.assign(window, { seen })
    const readItems = (): { vendorId: string }[] => {
      const view = document.querySelector('sv-verifications')?.shadowRoot
      const list = view?.querySelector('sv-verification-list')
      // What the list has drawn last; rows that newer ones have pushed below the screen by then count as well.
      return list && 'items' in list && 'isUpdatePending' in list && !list.isUpdatePending && Array.isArray(list.items)
        ? list.items
        : []
    }
    const look = (): void => {
      const now = performance.timeOrigin + performance.now()
      for (const { vendorId } of readItems()) seen[vendorId] ??= now
      requestAnimationFrame(look)
    }
    look()
  })
}

export async function readSeen(page: Page): Promise<Readonly<Record<string, number>>> {
  return Seen.parse(await page.evaluate(() => ('seen' in window ? window.seen : {})))
}

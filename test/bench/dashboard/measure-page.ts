import type { CDPSession, Page } from 'playwright-core'

/** A frame that took longer is one that an eye sees, ms. */
const LONG_MS = 50

/** Times of the page's own frames while it is left alone, ms each. */
export async function measureFrames(page: Page, ms: number): Promise<number[]> {
  return page.evaluate(async (length) => {
    const times: number[] = []
    const end = performance.now() + length
    let last = await new Promise<number>(requestAnimationFrame)
    while (last < end) {
      const now = await new Promise<number>(requestAnimationFrame)
      times.push(now - last)
      last = now
    }
    return times
  }, ms)
}

export function countLong(frames: readonly number[]): number {
  return frames.filter((ms) => ms > LONG_MS).length
}

/**
 * From the navigation until a row is on the screen, ms, on a processor that is `slower` times slower. By Chrome's own protocol: what
 * Playwright puts into a page to ask it something takes its time there, too.
 */
export async function measureFirstList(page: Page, url: string, slower: number): Promise<number> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Page.enable')
  await devtools.send('Runtime.enable')
  await devtools.send('Runtime.addBinding', { name: 'tellFirst' })
  await page.addInitScript(watchForRow)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slower })
  const first = new Promise<number>((resolve) =>
    devtools.once('Runtime.bindingCalled', ({ payload }) => resolve(Number(payload))),
  )
  await devtools.send('Page.navigate', { url })
  const ms = await first
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  await devtools.detach()
  return ms
}

/** Runs in the page, before anything of it. */
function watchForRow(): void {
  const hasRow = () => {
    const view = document.querySelector('sv-verifications')?.shadowRoot
    return view?.querySelector('sv-verification-list')?.shadowRoot?.querySelector('.row[data-id]')
  }
  const tell = () => Reflect.get(window, 'tellFirst')(String(performance.now()))
  // What was drawn in this frame is on the screen in the next.
  const look = () => requestAnimationFrame(hasRow() ? tell : look)
  look()
}

/** What the page's JavaScript holds once everything that can go has gone, MB. */
export async function measureHeap(devtools: CDPSession): Promise<number> {
  await devtools.send('HeapProfiler.collectGarbage')
  const { usedSize } = await devtools.send('Runtime.getHeapUsage')
  return usedSize / 1_000_000
}

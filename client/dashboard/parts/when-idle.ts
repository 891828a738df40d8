/** Resolves when the browser has nothing to draw, or after `limit` ms in any case; in a later task where it cannot say, as in Safari. */
export function whenIdle(limit: number): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: limit })
    else setTimeout(resolve)
  })
}

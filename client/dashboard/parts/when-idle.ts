/** Resolves when the browser has nothing to draw, or after `limit` ms in any case. Safari before 26 cannot say; there, in a later task. */
export function whenIdle(limit: number): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: limit })
    else setTimeout(resolve)
  })
}

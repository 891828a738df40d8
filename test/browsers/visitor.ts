/** Somebody at a browser, whichever it is. Each waits for what it is to do something with, and not for ever. */
export interface Visitor {
  open(url: string): Promise<void>
  /** What a JavaScript expression comes to in the page, awaited; only what JSON can say. */
  evaluate(expression: string): Promise<unknown>
  /** Clicks with the pointer: on the page itself, in the element's shadow root, or in SEON's frame. */
  click(place: Place, selector: string): Promise<void>
  close(): Promise<void>
}

export type Place = 'page' | 'element' | 'flow'

/** The first browsers are slow to start on a busy machine, ms. */
export const PATIENCE_MS = 20_000
export const LOOK_EVERY_MS = 50

/** Where SEON's SDK puts its page. */
export const FLOW = '[data-testid=seon-idv-iframe]'

/** An expression for the first element that can be seen. */
export function finding(place: Place, selector: string): string {
  const root = place === 'element' ? "document.querySelector('seon-verify')?.shadowRoot" : 'document'
  const all = `[...(${root}?.querySelectorAll(${JSON.stringify(selector)}) ?? [])]`
  return `${all}.find((each) => each.getClientRects().length > 0 && !each.disabled) ?? null`
}

/** Tries until there is something. */
export async function awaitSome<T>(what: string, look: () => Promise<T | null>): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    const found = await look()
    if (found !== null) return found
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
}

/** Waits until an expression is true in the page. */
export async function awaitTrue(visitor: Visitor, expression: string): Promise<void> {
  await awaitSome(expression, async () =>
    (await visitor.evaluate(`Boolean(${expression})`).catch(() => null)) === true ? true : null,
  )
}

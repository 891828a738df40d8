import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { Delivery, DeliveryPage } from '../../../server/protocol.ts'
import type { ApiClient, DeliveryQuery } from '../api/api-client.ts'
import { readErrorCode } from '../api/api-error.ts'
import type { Feed } from '../feed.ts'
import type { Pages } from '../rows/pages.ts'
import { EMPTY_PAGES, toNextPage } from '../rows/pages.ts'

// Refused deliveries move no verification, so no push tells of them: the newest page is looked at this often (ms) while it is visible.
const LOOK_EVERY = 10_000
// After a push, this long (ms) until the look, so that a burst is one look.
const LOOK_AFTER = 500
// Some thirty screens: a list that is open all day does not grow all day.
const ROWS_KEPT = 800

/** Asks for deliveries page by page and looks for newer ones by itself. */
export class DeliveriesController implements ReactiveController {
  pages: Pages<Delivery> = EMPTY_PAGES
  /** What the last look has brought. */
  #newest: DeliveryPage | undefined
  readonly #host: ReactiveControllerHost
  #api: ApiClient | undefined
  #query: DeliveryQuery = { outcome: null, source: null }
  #request = new AbortController()
  #unsubscribe: (() => void) | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(host: ReactiveControllerHost) {
    this.#host = host
  }

  follow(api: ApiClient, feed: Feed): void {
    this.#unsubscribe?.()
    this.#api = api
    this.#unsubscribe = feed.subscribe((_state, news) => {
      if (news) this.#lookIn(LOOK_AFTER)
    })
  }

  hostDisconnected(): void {
    this.#unsubscribe?.()
    this.#request.abort()
    clearTimeout(this.#timer)
    // Nor does a look that is under way lead to another.
    this.#api = undefined
  }

  async ask(query: DeliveryQuery): Promise<void> {
    this.#query = query
    this.#set(EMPTY_PAGES)
    await this.#load(null, begin)
    this.#lookIn(LOOK_EVERY)
  }

  async askMore(): Promise<void> {
    const { phase, more, next, items } = this.pages
    if (phase !== 'ready' || more === 'loading' || next === null || !('cursor' in next)) return
    this.#set({ ...this.pages, more: 'loading' })
    await this.#load(next.cursor, (page) => ({
      ...this.pages,
      more: 'idle',
      items: [...items, ...page.items],
      next: toNextPage(page.next),
    }))
  }

  /** Keeps the newest page alone of a list that has grown long, unless somebody may be looking at rows behind it: `needed` of them, from the top. */
  trim(needed: number): void {
    const { phase, more, items } = this.pages
    const newest = this.#newest
    if (newest === undefined || phase !== 'ready' || more === 'loading') return
    if (items.length <= ROWS_KEPT || needed > newest.items.length) return
    this.#set({ ...this.pages, more: 'idle', items: newest.items, next: toNextPage(newest.next) })
  }

  /** Looks for newer ones now, and goes on looking. */
  async look(): Promise<void> {
    const { phase, more } = this.pages
    if (document.visibilityState === 'visible') {
      if (phase === 'failed') await this.#load(null, begin, true)
      else if (phase === 'ready' && more !== 'loading')
        await this.#load(null, (page) => mergeNewest(this.pages, page), true)
    }
    this.#lookIn(LOOK_EVERY)
  }

  #lookIn(delay: number): void {
    clearTimeout(this.#timer)
    if (this.#api === undefined) return
    this.#timer = setTimeout(() => void this.look(), delay)
  }

  async #load(cursor: string | null, apply: (page: DeliveryPage) => Pages<Delivery>, quietly = false): Promise<void> {
    this.#request.abort()
    const { signal } = (this.#request = new AbortController())
    try {
      const page = await this.#api?.requestDeliveries(this.#query, cursor, signal)
      if (!page || signal.aborted) return
      if (cursor === null) this.#newest = page
      this.#set(apply(page))
    } catch (error) {
      // A look that failed leaves what is there; the connection in the title line says that it may be old.
      if (signal.aborted || quietly) return
      const code = readErrorCode(error)
      this.#set(
        cursor === null
          ? { ...this.pages, phase: 'failed', error: code }
          : { ...this.pages, more: 'failed', error: code },
      )
    }
  }

  #set(pages: Pages<Delivery>): void {
    this.pages = pages
    this.#host.requestUpdate()
  }
}

function begin({ items, next }: DeliveryPage): Pages<Delivery> {
  return { ...EMPTY_PAGES, phase: 'ready', items, next: toNextPage(next) }
}

/** The newest page, then what was held beyond it. More new ones than a page holds would leave a gap, so then only the page stays. */
export function mergeNewest(held: Pages<Delivery>, page: DeliveryPage): Pages<Delivery> {
  const last = page.items.at(-1)
  const overlap = held.items.findIndex((each) => each.id === last?.id)
  if (overlap === -1) return { ...held, items: page.items, next: toNextPage(page.next) }
  return { ...held, items: [...page.items, ...held.items.slice(overlap + 1)] }
}

import type { ReactiveControllerHost } from 'lit'
import type { ApiClient } from '../../../client/dashboard/api/api-client.ts'
import { createApiClient } from '../../../client/dashboard/api/api-client.ts'
import type { Feed, FeedNews } from '../../../client/dashboard/feed.ts'
import type { FeedState } from '../../../client/dashboard/feed-state.ts'
import { FEED_AT_START } from '../../../client/dashboard/feed-state.ts'
import type { Counts, Verification, VerificationDetail } from '../../../server/protocol.ts'
import { NO_COUNTS } from '../../../server/protocol.ts'

/** An invented verification; `place` makes its id and its time, later ones being newer. */
export function makeVerification(place: number, changes: Partial<Verification> = {}): Verification {
  const at = new Date(Date.UTC(2026, 0, 1) + place * 1000).toISOString()
  return {
    id: `v${String(place).padStart(5, '0')}`,
    vendor: 'seon',
    vendorId: `00000000-0000-4000-8000-${String(place).padStart(12, '0')}`,
    userId: `user-${place}`,
    workflow: null,
    status: 'created',
    decidedAt: null,
    createdAt: at,
    updatedAt: at,
    revision: place + 1,
    environment: 'sandbox',
    overdue: false,
    ...changes,
  }
}

export function makeDetail(verification: Verification, changes: Partial<VerificationDetail> = {}): VerificationDetail {
  return {
    ...verification,
    timeline: [{ at: verification.createdAt, source: 'server', kind: 'init', status: 'created' }],
    checks: [],
    flags: [],
    provenance: { status: 'init' },
    ...changes,
  }
}

export function countAll(verifications: Iterable<Verification>): Counts {
  const counts: Counts = { ...NO_COUNTS }
  for (const each of verifications) {
    counts[each.status] += 1
    if (each.overdue) counts.overdue += 1
  }
  return counts
}

/** The real client over answers given by `answer`, in place of a network. What was asked is kept in `asked`, with what bodies in `bodies`. */
export function createTestApi(
  answer: (method: string, url: URL, body: unknown) => { status?: number; body?: unknown; headers?: HeadersInit },
): {
  api: ApiClient
  asked: string[]
  bodies: string[]
} {
  const asked: string[] = []
  const bodies: string[] = []
  const api = createApiClient(async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, location.origin)
    const method = init?.method ?? 'GET'
    const sent: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined
    asked.push(`${method} ${url.pathname}${url.search}`)
    if (sent !== undefined) bodies.push(JSON.stringify(sent))
    const { status = 200, body, headers } = answer(method, url, sent)
    return new Response(body === undefined ? null : JSON.stringify(body), { status, ...(headers ? { headers } : {}) })
  })
  return { api, asked, bodies }
}

/** A feed that says what a test tells it to. */
export function createTestFeed(state: Partial<FeedState> = {}): Feed & {
  tell(state: Partial<FeedState>, news?: Partial<FeedNews> | null): void
} {
  const listeners = new Set<(state: FeedState, news: FeedNews | null) => void>()
  let held: FeedState = { ...FEED_AT_START, connection: 'live', revision: 0, counts: countAll([]), ...state }
  return {
    get state() {
      return held
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    retry: () => undefined,
    close: () => listeners.clear(),
    tell(next, news = null) {
      held = { ...held, ...next }
      const whole = news && { changed: [], removed: [], fresh: false, ...news }
      for (const listener of listeners) listener(held, whole)
    },
  }
}

/** For controllers that are tested without an element. */
export function createTestHost(): ReactiveControllerHost {
  return {
    addController: () => undefined,
    removeController: () => undefined,
    requestUpdate: () => undefined,
    updateComplete: Promise.resolve(true),
  }
}

/** Stops the page's timers: what they would do is kept in `due` until it is done by hand. `settle` lets answers that are there be taken in. */
export function stopTimers(): { due: Map<number, () => void>; settle(): Promise<void>; restore(): void } {
  const due = new Map<number, () => void>()
  const { setTimeout: start, clearTimeout: end } = globalThis
  let last = 0
  const set = (handler: () => void) => {
    due.set(++last, handler)
    return last
  }
  Object.assign(globalThis, { setTimeout: set, clearTimeout: (timer: number) => due.delete(timer) })
  return {
    due,
    async settle() {
      // More turns of the event loop than an answer takes that needs no network.
      for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => start(resolve))
    },
    restore: () => void Object.assign(globalThis, { setTimeout: start, clearTimeout: end }),
  }
}

/** The page's tokens, without which nothing has a size or a colour. Call once before elements are drawn. */
export async function loadTokens(): Promise<void> {
  const link = document.createElement('link')
  link.rel = 'stylesheet'
  link.href = new URL('../../../client/dashboard/tokens.css', import.meta.url).href
  const loaded = new Promise((resolve) => link.addEventListener('load', resolve, { once: true }))
  document.head.append(link)
  await loaded
}

/** All text that a person sees in an element, its shadow roots included. */
export function readText(root: Node): string {
  if (root instanceof Text) return root.data
  if (root instanceof HTMLStyleElement) return ''
  const inside =
    root instanceof Element && root.shadowRoot ? [root.shadowRoot, ...root.childNodes] : [...root.childNodes]
  return inside.map(readText).join('')
}

/** The first match for a selector in an element or any shadow root below it. */
export function findDeep(root: ParentNode, selector: string): HTMLElement | null {
  const here = root.querySelector<HTMLElement>(selector)
  if (here) return here
  for (const each of root.querySelectorAll('*')) {
    const below = each.shadowRoot && findDeep(each.shadowRoot, selector)
    if (below) return below
  }
  return null
}

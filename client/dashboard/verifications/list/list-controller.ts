import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { Verification } from '../../../../server/protocol.ts'
import type { ApiClient, VerificationQuery } from '../../api/api-client.ts'
import { readErrorCode } from '../../api/api-error.ts'
import { ASK_AGAIN, Retry } from '../../api/retry.ts'
import type { Feed, FeedNews } from '../../feed.ts'
import type { NextPage } from '../../rows/pages.ts'
import type { ListEvent, ListState } from './list-state.ts'
import { applyListEvent, findUnsure, LIST_AT_START } from './list-state.ts'

// Some thirty screens; what a list of an open day would hold beyond it is a scroll away.
const ROWS_KEPT = 800
// Rows of which only the server can tell whether they are found are asked about together, this long (ms) after the first …
const UNSURE_AFTER = 500
// … and at most so many; beyond it the whole list is asked anew.
const MOST_UNSURE = 200

/** Asks the server for the list of a query, page by page, and lays the feed's changes over it. */
export class ListController implements ReactiveController {
  state: ListState = LIST_AT_START
  /** Holds the rows still; what moves meanwhile is kept and counted. */
  paused = false
  #held = new Map<string, Verification>()
  #heldRemoved = new Set<string>()
  /** More was missed during the pause than is kept: its end asks anew. */
  #isHeldOutrun = false
  readonly #host: ReactiveControllerHost
  readonly #retry: Retry
  #api: ApiClient | undefined
  #request = new AbortController()
  #unsubscribe: (() => void) | undefined
  readonly #unsure = new Set<string>()
  #asking: ReturnType<typeof setTimeout> | undefined
  /** So much was missed that the answer on its way may be older than what is known to be there. */
  #isOutrun = false

  constructor(host: ReactiveControllerHost) {
    this.#host = host
    host.addController(this)
    this.#retry = new Retry(host, () => void this.ask(this.state.query, true))
  }

  follow(api: ApiClient, feed: Feed): void {
    this.#unsubscribe?.()
    this.#api = api
    this.#unsubscribe = feed.subscribe((_state, news) => {
      if (news && this.paused) this.#hold(news)
      else if (news?.fresh) this.#askAnew()
      else if (news) this.#tell(news.changed, news.removed)
    })
  }

  /** How many verifications moved since the pause; null where nobody knows. */
  get waiting(): number | null {
    return this.#isHeldOutrun ? null : new Set([...this.#held.keys(), ...this.#heldRemoved]).size
  }

  pause(paused: boolean): void {
    this.paused = paused
    if (paused) this.#stand()
    else this.#catchUp()
    this.#host.requestUpdate()
  }

  hostDisconnected(): void {
    this.#unsubscribe?.()
    this.#request.abort()
    clearTimeout(this.#asking)
    // Nor does a question that is under way lead to another.
    this.#api = undefined
  }

  /** Begins a new list. `keep` leaves what is on the screen until the answer is here: the rows, or why there are none. */
  async ask(query: VerificationQuery, keep: boolean): Promise<void> {
    this.#unsure.clear()
    this.#isOutrun = false
    this.#retry.cancel()
    // What was held is part of the answer.
    this.#forgetHeld()
    this.#apply({ type: 'asked', query, keep })
    await this.#load(null)
  }

  async askMore(): Promise<void> {
    const { phase, more, next } = this.state
    if (phase !== 'ready' || more === 'loading' || next === null) return
    this.#apply({ type: 'more-asked' })
    await this.#load(next)
  }

  /** Lets rows go that lie far below `needed`, the number of rows from the top that somebody may be looking at. */
  trim(needed: number): void {
    const most = Math.max(ROWS_KEPT, needed + ROWS_KEPT / 2)
    if (this.state.items.length > most + ROWS_KEPT / 4) this.#apply({ type: 'trimmed', to: most })
  }

  /** Where nothing is on the screen yet, the answer that is on its way is shown first: rows of a moment ago are better than none. */
  #askAnew(): void {
    if (this.state.phase === 'loading') this.#isOutrun = true
    else void this.ask(this.state.query, true)
  }

  #hold({ changed, removed, fresh }: FeedNews): void {
    if (this.#isHeldOutrun) return
    for (const each of changed) this.#held.set(each.id, each)
    for (const id of removed) this.#heldRemoved.add(id)
    if (fresh || this.#held.size > ROWS_KEPT) this.#outrunHeld()
    this.#host.requestUpdate()
  }

  #outrunHeld(): void {
    this.#forgetHeld()
    this.#isHeldOutrun = true
  }

  #forgetHeld(): void {
    this.#held.clear()
    this.#heldRemoved.clear()
    this.#isHeldOutrun = false
  }

  /** What was asked for by itself would move the rows: it is asked for after the pause. */
  #stand(): void {
    if (this.state.phase !== 'refreshing') return
    this.#request.abort()
    this.#apply({ type: 'unasked' })
    this.#outrunHeld()
  }

  #catchUp(): void {
    const isOutrun = this.#isHeldOutrun
    const [changed, removed] = [[...this.#held.values()], [...this.#heldRemoved]]
    this.#forgetHeld()
    if (isOutrun) this.#askAnew()
    else this.#tell(changed, removed)
  }

  #tell(verifications: readonly Verification[], removed: readonly string[]): void {
    for (const { id } of findUnsure(this.state, verifications)) this.#unsure.add(id)
    if (this.#unsure.size > 0) this.#asking ??= setTimeout(() => void this.#askUnsure(), UNSURE_AFTER)
    this.#apply({ type: 'changed', verifications, removed })
  }

  async #askUnsure(): Promise<void> {
    // What it finds would move the rows: the pause's end asks for it.
    if (this.paused) {
      this.#asking = undefined
      return
    }
    const ids = [...this.#unsure]
    const { query } = this.state
    const askAgain = () => {
      if (query === this.state.query) for (const id of ids) this.#unsure.add(id)
    }
    let pause = UNSURE_AFTER
    this.#unsure.clear()
    try {
      if (ids.length > MOST_UNSURE) await this.ask(query, true)
      else if (ids.length > 0) {
        const page = await this.#api?.requestAmong(query, ids)
        if (this.paused) askAgain()
        else if (page && query === this.state.query) this.#apply({ type: 'found', verifications: page.items })
      }
    } catch {
      pause = ASK_AGAIN
      askAgain()
    }
    const isDue = this.#unsure.size > 0 && !this.paused && this.#api !== undefined
    this.#asking = isDue ? setTimeout(() => void this.#askUnsure(), pause) : undefined
  }

  async #load(next: NextPage | null): Promise<void> {
    this.#request.abort()
    const { signal } = (this.#request = new AbortController())
    try {
      const page = await this.#api?.requestVerifications(this.state.query, next, signal)
      if (page && !signal.aborted) this.#apply({ type: 'page', page })
    } catch (error) {
      if (!signal.aborted) this.#apply({ type: 'failed', code: readErrorCode(error) })
      if (!signal.aborted && this.state.phase === 'failed') this.#retry.later()
    }
    if (!this.#isOutrun || signal.aborted) return
    if (this.paused) this.#hold({ changed: [], removed: [], fresh: true })
    else await this.ask(this.state.query, true)
  }

  #apply(event: ListEvent): void {
    const before = this.state
    this.state = applyListEvent(before, event)
    if (this.state !== before) this.#host.requestUpdate()
  }
}

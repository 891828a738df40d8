import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { Statistics } from '../../../server/protocol.ts'
import type { ApiClient } from '../api/api-client.ts'
import type { ApiErrorCode } from '../api/api-error.ts'
import { readErrorCode } from '../api/api-error.ts'
import type { Feed } from '../feed.ts'
import type { StatisticsQuery } from './request-statistics.ts'
import { requestStatistics } from './request-statistics.ts'

// A burst of changes is one look (ms).
const LOOK_AFTER = 300
// Between two looks at least this long (ms) …
const REST = 2000
// … and this many times as long as the last answer took, so that figures of a large store cost a tenth of one server's time at most.
const REST_TIMES = 10
// Without any change a period still moves on: bounds are an hour at least, so once a minute (ms) is plenty.
const LOOK_EVERY = 60_000

/** The figures of a period, asked anew, gently, whenever the feed says that something moved. What is held stays until newer is here. */
export class StatisticsController implements ReactiveController {
  statistics: Statistics | null = null
  /** Why the last look brought nothing; null while it is not known to have failed. */
  error: ApiErrorCode | null = null
  /** When the figures held were asked for, epoch ms. */
  askedAt = 0
  /** Other filters were chosen, and their figures are not here yet. */
  isOld = false
  readonly #host: ReactiveControllerHost
  #api: ApiClient | undefined
  #makeQuery: (() => StatisticsQuery) | undefined
  #request = new AbortController()
  #unsubscribe: (() => void) | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #dueAt = Number.POSITIVE_INFINITY
  #restUntil = 0
  #isAsking = false
  #hasMoved = false

  constructor(host: ReactiveControllerHost) {
    this.#host = host
    host.addController(this)
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.#handleShown)
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.#handleShown)
    this.#unsubscribe?.()
    this.#request.abort()
    clearTimeout(this.#timer)
  }

  follow(api: ApiClient, feed: Feed): void {
    this.#unsubscribe?.()
    this.#api = api
    this.#unsubscribe = feed.subscribe((_state, news) => {
      if (news) this.#lookIn(news.fresh ? 0 : LOOK_AFTER)
    })
  }

  /** Other filters: asked at once. `makeQuery` is called for each look, as a period counts back from the moment. */
  ask(makeQuery: () => StatisticsQuery): void {
    this.#makeQuery = makeQuery
    this.isOld = this.statistics !== null
    this.error = null
    this.retry()
  }

  retry(): void {
    this.#request.abort()
    this.#isAsking = false
    void this.#look()
  }

  #lookIn(delay: number): void {
    const at = Math.max(performance.now() + delay, this.#restUntil)
    if (at >= this.#dueAt) return
    this.#dueAt = at
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#look(), at - performance.now())
  }

  async #look(): Promise<void> {
    clearTimeout(this.#timer)
    this.#dueAt = Number.POSITIVE_INFINITY
    if (!this.#api || !this.#makeQuery) return
    // What moved after the question may not be in its answer.
    this.#hasMoved = this.#isAsking
    if (this.#isAsking) return
    // Nobody sees it: looked at when somebody does.
    if (document.visibilityState === 'hidden' && this.statistics !== null) return
    const { signal } = (this.#request = new AbortController())
    const askedAt = Date.now()
    const begun = performance.now()
    this.#isAsking = true
    try {
      const statistics = await requestStatistics(this.#api, this.#makeQuery(), signal)
      if (signal.aborted) return
      this.statistics = statistics
      this.askedAt = askedAt
      this.error = null
      this.isOld = false
    } catch (error) {
      if (signal.aborted) return
      this.error = readErrorCode(error)
      if (this.error === 'forbidden') this.statistics = null
    }
    this.#isAsking = false
    const took = performance.now() - begun
    this.#restUntil = performance.now() + Math.max(REST, took * REST_TIMES)
    this.#lookIn(this.#hasMoved ? LOOK_AFTER : LOOK_EVERY)
    this.#hasMoved = false
    this.#host.requestUpdate()
  }

  #handleShown = (): void => {
    if (document.visibilityState === 'visible') this.#lookIn(0)
  }
}

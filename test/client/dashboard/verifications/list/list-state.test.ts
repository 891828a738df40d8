import { expect } from '@open-wc/testing'
import * as fc from 'fast-check'
import type { VerificationQuery } from '../../../../../client/dashboard/api/api-client.ts'
import { applyFeedEvent, FEED_AT_START } from '../../../../../client/dashboard/feed-state.ts'
import type { ListState } from '../../../../../client/dashboard/verifications/list/list-state.ts'
import {
  applyListEvent,
  EVERYTHING,
  findUnsure,
  isWanted,
  LIST_AT_START,
} from '../../../../../client/dashboard/verifications/list/list-state.ts'
import type { Place } from '../../../../../client/dashboard/verifications/list/order.ts'
import { applyRows, comparePlaces, readPlace } from '../../../../../client/dashboard/verifications/list/order.ts'
import type { Changes, Verification } from '../../../../../server/protocol.ts'
import { DECIDED_STATUSES, STATUSES } from '../../../../../server/protocol.ts'
import { countAll, makeVerification } from '../../helpers.ts'

/** As many rows as the server gives at once here, so that lists of a dozen have several pages. */
const PAGE = 4

interface Answer {
  items: Verification[]
  /** Where the next page goes on. */
  after: Place | null
}

/** A server's side of the contract, small enough to be obviously right: what is, and a log of what changed. */
class TestServer {
  readonly #all = new Map<string, Verification>()
  readonly #removed = new Map<string, number>()
  revision = 0
  sent = 0

  change(place: number, status: Verification['status']): void {
    if (this.#removed.has(makeVerification(place).id)) return
    this.revision += 1
    const updatedAt = new Date(Date.UTC(2026, 1, 1) + this.revision * 1000).toISOString()
    const isDecided = DECIDED_STATUSES.some((each) => each === status && each !== 'review')
    const decidedAt = isDecided ? updatedAt : null
    const changed = makeVerification(place, { status, revision: this.revision, updatedAt, decidedAt })
    this.#all.set(changed.id, changed)
  }

  remove(place: number): void {
    const { id } = makeVerification(place)
    if (!this.#all.delete(id)) return
    this.revision += 1
    this.#removed.set(id, this.revision)
  }

  query(query: VerificationQuery): readonly Verification[] {
    return applyRows(
      [],
      [...this.#all.values()].filter((each) => isWanted(query, each)),
      query,
    )
  }

  page(query: VerificationQuery, after: Place | null): Answer {
    const behind = this.query(query).filter((each) => {
      const place = readPlace(each, query)
      return after === null || (place !== null && comparePlaces(place, after, query) > 0)
    })
    const items = behind.slice(0, PAGE)
    const last = items.at(-1)
    return { items, after: behind.length > PAGE && last ? readPlace(last, query) : null }
  }

  counts() {
    return countAll(this.#all.values())
  }

  frame(from: number): Changes {
    const verifications = [...this.#all.values()].filter((each) => each.revision > from)
    const removed = [...this.#removed].filter(([, revision]) => revision > from).map(([id]) => id)
    return { from, to: this.revision, verifications, counts: this.counts(), removed }
  }
}

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('change' as const),
      place: fc.nat(12),
      status: fc.constantFrom(...STATUSES),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('remove' as const), place: fc.nat(12) }) },
  // A frame that arrives, one that is lost, and a resync answered by changes or, where too much was missed, by a snapshot.
  {
    weight: 4,
    arbitrary: fc.record({ type: fc.constant('frame' as const), isLost: fc.boolean(), isTooOld: fc.boolean() }),
  },
  // The list is asked for; the answer is read now and arrives some steps later.
  { weight: 2, arbitrary: fc.record({ type: fc.constant('ask' as const) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('answer' as const) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('more' as const) }) },
)
const queries = fc.constantFrom<VerificationQuery>(
  EVERYTHING,
  { ...EVERYTHING, statuses: ['created', 'review'] },
  { ...EVERYTHING, order: 'asc' },
  { ...EVERYTHING, sort: 'updatedAt' },
  { ...EVERYTHING, sort: 'updatedAt', order: 'asc' },
  { ...EVERYTHING, sort: 'decidedAt' },
  { ...EVERYTHING, sort: 'decidedAt', order: 'asc', statuses: ['approved', 'declined'] },
)

describe('a list that follows the feed', () => {
  it('ends equal to a fresh one, whatever was lost, late or asked for in between', () => {
    fc.assert(
      fc.property(queries, fc.array(step, { maxLength: 60 }), (query, steps) => {
        const server = new TestServer()
        let feed = applyFeedEvent(FEED_AT_START, {
          type: 'snapshot',
          snapshot: { revision: 0, counts: server.counts() },
          at: 0,
        })
        let list: ListState = applyListEvent(LIST_AT_START, { type: 'asked', query, keep: false })
        let answer: Answer | null = server.page(query, null)
        let after: Place | null = null

        const ask = () => {
          list = applyListEvent(list, { type: 'asked', query, keep: true })
          answer = server.page(query, null)
        }
        const askMore = () => {
          if (list.phase !== 'ready' || list.more === 'loading' || list.next === null) return
          list = applyListEvent(list, { type: 'more-asked' })
          answer = server.page(query, after)
        }
        const take = (changes: Changes, isTooOld: boolean) => {
          const follows = changes.from === feed.revision
          feed = applyFeedEvent(feed, { type: 'changes', changes, at: 0 })
          if (follows) {
            list = applyListEvent(list, {
              type: 'changed',
              verifications: changes.verifications,
              removed: changes.removed ?? [],
            })
          } else if (isTooOld) {
            const snapshot = { revision: server.revision, verifications: [], counts: server.counts() }
            feed = applyFeedEvent(feed, { type: 'snapshot', snapshot, at: 0 })
            ask()
          } else {
            take(server.frame(feed.revision ?? 0), false)
          }
        }
        const arrive = () => {
          if (!answer) return
          list = applyListEvent(list, { type: 'page', page: { items: answer.items, next: answer.after && 'more' } })
          after = answer.after
          answer = null
        }

        for (const each of steps) {
          if (each.type === 'change') server.change(each.place, each.status)
          else if (each.type === 'remove') server.remove(each.place)
          else if (each.type === 'ask') ask()
          else if (each.type === 'answer') arrive()
          else if (each.type === 'more') askMore()
          else {
            if (!each.isLost) take(server.frame(server.sent), each.isTooOld)
            server.sent = server.revision
          }
        }
        take(server.frame(server.sent), false)
        arrive()

        const fresh = server.query(query)
        expect(list.items).to.deep.equal(list.next === null ? fresh : fresh.slice(0, list.items.length))
        while (list.next !== null) {
          askMore()
          arrive()
        }
        expect(list.items).to.deep.equal(fresh)
        expect(feed.counts).to.deep.equal(server.counts())
        expect(feed.connection).to.equal('live')
      }),
      { numRuns: 500 },
    )
  })
})

const ready = (items: readonly Verification[], next: string | null = null, query = EVERYTHING): ListState =>
  applyListEvent(applyListEvent(LIST_AT_START, { type: 'asked', query, keep: false }), {
    type: 'page',
    page: { items: [...items], next },
  })
const changed = (...verifications: Verification[]) => ({ type: 'changed' as const, verifications, removed: [] })
const ids = (state: ListState) => state.items.map((each) => each.id)

describe('applyListEvent', () => {
  it('puts a page behind the one before', () => {
    const first = ready([makeVerification(9), makeVerification(8)], 'more')
    const asked = applyListEvent(first, { type: 'more-asked' })
    const both = applyListEvent(asked, { type: 'page', page: { items: [makeVerification(7)], next: null } })
    expect(ids(both)).to.deep.equal(['v00009', 'v00008', 'v00007'])
    expect(both.next).to.equal(null)
  })

  it('leaves an older row for its page to bring, and takes it once all pages are here', () => {
    const old = makeVerification(1, { revision: 99 })
    expect(ids(applyListEvent(ready([makeVerification(9)], 'more'), changed(old)))).to.deep.equal(['v00009'])
    expect(ids(applyListEvent(ready([makeVerification(9)]), changed(old)))).to.deep.equal(['v00009', 'v00001'])
  })

  it('lets a row go that no longer fits the filter, and never goes back to an earlier state of one', () => {
    const query = { ...EVERYTHING, statuses: ['review' as const] }
    const state = ready([makeVerification(9, { status: 'review', revision: 20 })], null, query)
    expect(
      ids(applyListEvent(state, changed(makeVerification(9, { status: 'approved', revision: 21 })))),
    ).to.deep.equal([])
    expect(applyListEvent(state, changed(makeVerification(9, { status: 'approved', revision: 19 })))).to.equal(state)
  })

  it('keeps the rows on the screen while it asks again, and says so', () => {
    const again = applyListEvent(ready([makeVerification(9)]), { type: 'asked', query: EVERYTHING, keep: true })
    expect(again.phase).to.equal('refreshing')
    expect(ids(again)).to.deep.equal(['v00009'])
  })

  it('is as it was where it asks no longer', () => {
    const before = ready([makeVerification(9), makeVerification(8)], 'more')
    const asked = applyListEvent(before, { type: 'asked', query: EVERYTHING, keep: true })
    const moved = applyListEvent(asked, changed(makeVerification(1, { revision: 99 })))
    expect(applyListEvent(moved, { type: 'unasked' })).to.deep.equal(before)
  })

  it('lets rows far below go, and asks for them by time where somebody scrolls there', () => {
    const rows = Array.from({ length: 9 }, (_, place) => makeVerification(9 - place))
    const trimmed = applyListEvent(ready(rows), { type: 'trimmed', to: 4 })
    expect(ids(trimmed)).to.deep.equal(['v00009', 'v00008', 'v00007', 'v00006'])
    expect(trimmed.next).to.deep.equal({ upTo: makeVerification(6).createdAt })
    const asked = applyListEvent(trimmed, { type: 'more-asked' })
    const back = applyListEvent(asked, { type: 'page', page: { items: rows.slice(3), next: null } })
    expect(ids(back)).to.deep.equal(rows.map((each) => each.id))
    expect(back.next).to.equal(null)
  })

  it('leaves to the server whether an address, a number or a name finds a row, as rows come masked, and keeps what it found', () => {
    const query = { ...EVERYTHING, search: 'ada@example.com' }
    const state = ready([makeVerification(9)], null, query)
    const row = makeVerification(12)
    expect(ids(applyListEvent(state, changed(row)))).to.deep.equal(['v00009'])
    expect(findUnsure(state, [row, makeVerification(9)])).to.deep.equal([row])
    expect(findUnsure(ready([], null, { ...EVERYTHING, search: '+36 20 555 0199' }), [row])).to.deep.equal([row])
    expect(findUnsure(ready([], null, { ...EVERYTHING, search: 'Ada Byron' }), [row])).to.deep.equal([row])
    const found = applyListEvent(state, { type: 'found', verifications: [row] })
    expect(ids(found)).to.deep.equal(['v00012', 'v00009'])
    expect(findUnsure(found, [row])).to.deep.equal([])
    expect(findUnsure(ready([], null, { ...EVERYTHING, search: 'user-3' }), [row])).to.deep.equal([])
  })

  it('tells a failed first page from a failed next one', () => {
    const first = applyListEvent(applyListEvent(LIST_AT_START, { type: 'asked', query: EVERYTHING, keep: false }), {
      type: 'failed',
      code: 'offline',
    })
    expect([first.phase, first.error]).to.deep.equal(['failed', 'offline'])
    const more = applyListEvent(ready([makeVerification(9)], 'more'), { type: 'more-asked' })
    const failed = applyListEvent(more, { type: 'failed', code: 'server' })
    expect([failed.phase, failed.more]).to.deep.equal(['ready', 'failed'])
    expect(ids(failed)).to.deep.equal(['v00009'])
  })
})

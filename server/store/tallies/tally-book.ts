import { inParts } from '../engine/in-parts.ts'
import type { TallyTable } from '../engine/schema.ts'
import type { Trx } from '../engine/store.ts'
import { type Count, floorTo, SPANS, VERDICTS } from './tally.ts'

type Place = Pick<TallyTable, 'environment' | 'span' | 'at' | 'source' | 'workflow'>

/** Counts to come, until they are written. */
export interface TallyBook {
  /** `by` -1 takes back what was counted before. */
  add(counts: readonly Count[], by: 1 | -1): void
  /** Adds it all to what the store has; only where nobody else writes them (`Store.transactAlone`). `anew`: it has none. */
  write(trx: Trx, options?: { anew?: boolean }): Promise<void>
}

export function createTallyBook(): TallyBook {
  const pages = new Map<string, { place: Place; counters: Map<string, number> }>()

  function pageOf(place: Place) {
    const key = keyOf(place)
    const page = pages.get(key) ?? { place, counters: new Map<string, number>() }
    pages.set(key, page)
    return page
  }

  return {
    add(counts, by) {
      for (const { environment, source, workflow, at, counter } of counts) {
        for (const span of SPANS) {
          addTo(pageOf({ environment, span, at: floorTo(span, at), source, workflow }).counters, counter, by)
        }
      }
    },
    async write(trx, { anew = false } = {}) {
      const changed = [...pages.values()].filter(({ counters }) => counters.size > 0)
      for (const part of inParts(changed)) {
        const places = part.map(({ place }) => place)
        const rows = anew ? [] : await readPages(trx, places)
        const kept = new Map(rows.map((row) => [keyOf(row), parseCounters(row.counters)]))
        const values = part.map(({ place, counters }) => {
          const sum = new Map(Object.entries(kept.get(keyOf(place)) ?? {}))
          for (const [name, by] of counters) addTo(sum, name, by)
          const verdicts = { approved: 0, review: 0, declined: 0 }
          for (const verdict of VERDICTS) verdicts[verdict] = sum.get(`verdict:${verdict}`) ?? 0
          return { ...place, ...verdicts, counters: JSON.stringify(Object.fromEntries(sum)) }
        })
        await trx
          .insertInto('tallies')
          .values(values)
          .onConflict((conflict) =>
            conflict.columns(['environment', 'span', 'at', 'source', 'workflow']).doUpdateSet((eb) => ({
              approved: eb.ref('excluded.approved'),
              review: eb.ref('excluded.review'),
              declined: eb.ref('excluded.declined'),
              counters: eb.ref('excluded.counters'),
            })),
          )
          .execute()
      }
      pages.clear()
    },
  }
}

/** What came to nothing is not kept, so that equal books are equal. */
function addTo(counters: Map<string, number>, name: string, by: number): void {
  const sum = (counters.get(name) ?? 0) + by
  if (sum === 0) counters.delete(name)
  else counters.set(name, sum)
}

/** Counts by their names. */
export type Counters = Readonly<Record<string, number>>

export function parseCounters(json: string): Counters {
  // Written above: our own format, not outside data.
  return JSON.parse(json)
}

function keyOf({ environment, span, at, source, workflow }: Place): string {
  return `${environment} ${span} ${at} ${source} ${workflow}`
}

/** Those at these times; some more, where workflows differ. */
function readPages(trx: Trx, places: readonly Place[]) {
  const among = <Key extends keyof Place>(key: Key) => [...new Set(places.map((place) => place[key]))]
  return trx
    .selectFrom('tallies')
    .selectAll()
    .where('environment', 'in', among('environment'))
    .where('span', 'in', among('span'))
    .where('at', 'in', among('at'))
    .where('source', 'in', among('source'))
    .where('workflow', 'in', among('workflow'))
    .execute()
}

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { DECIDED_STATUSES, STATUSES, type Status } from '../../../server/protocol.ts'
import { awaitsDecision, type Claim, compareClaims, isDecided } from '../../../server/verification/status.ts'

/** Left yields to right; statuses that share a place are none the stronger. */
const ORDER: readonly (readonly Status[])[] = [
  ['created'],
  ['started'],
  ['processing'],
  ['cancelled'],
  ['submitted'],
  ['finished'],
  ['review', 'approved', 'declined', 'expired', 'abandoned', 'error'],
]
/** At equal times, from the strongest on. */
const CAREFUL: readonly Status[] = ['declined', 'error', 'expired', 'abandoned', 'review', 'approved']

const TIMES = [null, 0, 1000]
const claims: Claim[] = STATUSES.flatMap((status) =>
  TIMES.flatMap((at) => [false, true].map((corrects) => ({ status, at, corrects }))),
)

const place = (status: Status) => ORDER.findIndex((statuses) => statuses.includes(status))
const say = ({ status, at, corrects }: Claim) => `${status} at ${at}${corrects ? ', corrected' : ''}`

/** −1 where `a` yields to `b`: the rules one after the other, in words of their own. */
function expectOrder(a: Claim, b: Claim): number {
  if (place(a.status) !== place(b.status)) return place(a.status) < place(b.status) ? -1 : 1
  if (!CAREFUL.includes(a.status)) return 0
  if (a.at !== b.at) return a.at === null ? -1 : b.at === null ? 1 : a.at < b.at ? -1 : 1
  if (a.corrects !== b.corrects) return b.corrects ? -1 : 1
  return Math.sign(CAREFUL.indexOf(b.status) - CAREFUL.indexOf(a.status))
}

describe('compareClaims', () => {
  it('has every status in its order', () => {
    assert.deepEqual(ORDER.flat().toSorted(), STATUSES.toSorted())
    assert.deepEqual(CAREFUL.toSorted(), DECIDED_STATUSES.toSorted())
  })

  for (const from of STATUSES) {
    it(`knows what moves ${from}, at every time, corrected or not`, () => {
      for (const a of claims.filter(({ status }) => status === from)) {
        for (const b of claims) assert.equal(Math.sign(compareClaims(a, b)), expectOrder(a, b), `${say(a)} / ${say(b)}`)
      }
    })
  }

  it('is a total order: antisymmetric and transitive', () => {
    for (const a of claims) {
      for (const b of claims) {
        assert.equal(Math.sign(compareClaims(a, b)) + Math.sign(compareClaims(b, a)), 0, `${say(a)} / ${say(b)}`)
        if (compareClaims(a, b) > 0) continue
        for (const c of claims) {
          if (compareClaims(b, c) <= 0) assert.ok(compareClaims(a, c) <= 0, `${say(a)} / ${say(b)} / ${say(c)}`)
        }
      }
    }
  })

  it('calls only claims equal that leave a verification in the same state', () => {
    for (const a of claims) {
      for (const b of claims) {
        if (compareClaims(a, b) !== 0) continue
        assert.equal(a.status, b.status)
        if (isDecided(a.status)) assert.deepEqual(a, b)
      }
    }
  })
})

describe('awaitsDecision', () => {
  it('waits for a vendor until it has decided or the visitor has left', () => {
    const waiting = STATUSES.filter(awaitsDecision)
    assert.deepEqual(waiting, ['created', 'started', 'processing', 'submitted', 'finished'])
  })
})

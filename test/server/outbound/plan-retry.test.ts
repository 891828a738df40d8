import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { planRetry } from '../../../server/outbound/plan-retry.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const START = Date.parse('2026-03-01T12:00:00Z')

/** Every pause of a message that is never received, ms. */
function pausesOf(random: () => number, retryAfterMs: number | null = null): number[] {
  const pauses: number[] = []
  let now = START
  for (let attempts = 1; ; attempts++) {
    const at = planRetry({ attempts, firstAttemptAt: START, now, retryAfterMs, random: random() })
    if (at === null) return pauses
    pauses.push(at - now)
    now = at
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)

describe('planRetry', () => {
  it('doubles its pauses from five seconds up to six hours', () => {
    const pauses = pausesOf(() => 1)
    const seconds = [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 5120, 10_240, 20_480]
    assert.deepEqual(
      pauses.slice(0, seconds.length),
      seconds.map((each) => each * 1000),
    )
    for (const pause of pauses.slice(seconds.length, -1)) assert.equal(pause, 6 * HOUR_MS)
  })

  it('tries for three days to the millisecond, whatever chance says, and then no more', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 100, maxLength: 100 }),
        (chances) => {
          const pauses = pausesOf(() => chances.pop() ?? 0)
          assert.equal(sum(pauses), 3 * DAY_MS)
          assert.ok(pauses.length >= 20 && pauses.length <= 45, `${pauses.length} tries`)
          for (const [index, pause] of pauses.slice(0, -1).entries()) {
            const longest = Math.min(5000 * 2 ** index, 6 * HOUR_MS)
            assert.ok(Number.isInteger(pause) && pause >= longest / 2 && pause <= longest, `${index}: ${pause}`)
          }
        },
      ),
    )
  })

  it('waits as long as the receiver asks, but not beyond the three days', () => {
    const plan = (attempts: number, now: number, retryAfterMs: number) =>
      planRetry({ attempts, firstAttemptAt: START, now, retryAfterMs, random: 0 })
    assert.equal(plan(1, START, 90_000), START + 90_000)
    assert.equal(plan(1, START, 0), START + 2500, 'never sooner than by itself')
    assert.equal(plan(20, START + 3 * DAY_MS - MINUTE_MS, HOUR_MS), START + 3 * DAY_MS)
    assert.equal(sum(pausesOf(() => 0, DAY_MS)), 3 * DAY_MS)
  })

  it('tries again what was last tried long ago, but only once after the three days', () => {
    const late = { attempts: 3, firstAttemptAt: START, now: START + 5 * DAY_MS, retryAfterMs: null, random: 0.5 }
    assert.equal(planRetry(late), null)
  })
})

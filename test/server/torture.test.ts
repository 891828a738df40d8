import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { withoutPostgres } from '../helpers/postgres.ts'
import { runTorture } from '../torture/run-torture.ts'

// `npm run torture` does the same for as long as one likes.

const CYCLES = 10

describe('torture', () => {
  for (const engine of ['sqlite', 'postgres'] as const) {
    const skip = engine === 'postgres' && withoutPostgres
    it(`loses nothing and doubles nothing on ${engine}, however its servers die`, { skip }, async (t) => {
      const seed = Math.floor(Math.random() * 1_000_000)
      t.diagnostic(`npm run torture -- --store ${engine} --cycles ${CYCLES} --seed ${seed}`)
      const result = await runTorture({ engine, seed, goesOn: (kills) => kills < CYCLES, log: () => undefined })
      assert.equal(result.kills, CYCLES)
      assert.ok(result.acknowledged > 40, `only ${result.acknowledged} deliveries`)
    })
  }
})

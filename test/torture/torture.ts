import { parseArgs } from 'node:util'
import { buildIfStale } from '../../client/build.ts'
import { withoutPostgres } from '../helpers/postgres.ts'
import { runTorture, type TortureOptions, type TortureResult } from './run-torture.ts'

// npm run torture -- [--minutes N | --cycles N] [--seed S] [--store sqlite|postgres]
//
// Kills servers, N times or for N minutes on each store (10 times where nothing is said), and says what was lost. Exits 1
// where anything was.

const { values } = parseArgs({
  options: {
    minutes: { type: 'string' },
    cycles: { type: 'string' },
    seed: { type: 'string' },
    store: { type: 'string' },
  },
})

const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000))
const minutes = values.minutes === undefined ? undefined : Number(values.minutes)
const cycles = Number(values.cycles ?? (minutes === undefined ? 10 : Infinity))
const engines = (['sqlite', 'postgres'] as const).filter((engine) => (values.store ?? engine) === engine)
const log = (line: string) => console.log(`${new Date().toISOString()} ${line}`)

if (engines.length === 0 || [seed, cycles, minutes ?? 1].some(Number.isNaN)) {
  console.error('Usage: npm run torture -- [--minutes N | --cycles N] [--seed S] [--store sqlite|postgres]')
  process.exit(1)
}

await buildIfStale()
for (const engine of engines) {
  if (engine === 'postgres' && withoutPostgres !== false) {
    log(`postgres skipped: ${withoutPostgres}`)
    continue
  }
  log(`${engine} begins, seed ${seed}`)
  const end = minutes === undefined ? Infinity : Date.now() + minutes * 60_000
  const goesOn: TortureOptions['goesOn'] = (kills) => kills < cycles && Date.now() < end
  report(engine, await runTorture({ engine, seed, goesOn, log }))
}

function report(engine: string, result: TortureResult): void {
  const { kills, ways, acknowledged, redeliveries, verifications, dashboards } = result
  for (const [way, times] of Object.entries(ways)) log(`${engine} killed ${way}: ${times}`)
  log(
    `${engine} ${kills} kills: ${acknowledged} deliveries acknowledged, 0 lost; ${redeliveries} redeliveries, 0 doubled`,
  )
  log(`${engine} ${verifications} verifications as the oracle has them; ${dashboards} dashboards as a fresh one`)
}

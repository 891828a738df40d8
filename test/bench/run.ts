import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

// `npm run bench`: measures this machine, on loopback alone; `npm run bench -- intake` only one of them. Never part of the
// tests: figures of a busy machine say little, so read them as ratios.

const BENCHES = ['intake', 'push', 'widget', 'dashboard'] as const
/** Too large for every day: only where asked for by name. */
const ON_DEMAND = ['large'] as const
const ALL = [...BENCHES, ...ON_DEMAND]

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !ALL.some((bench) => bench === name))
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. There are: ${ALL.join(', ')}.`)
  process.exit(1)
}
for (const bench of asked.length === 0 ? BENCHES : ALL.filter((name) => asked.includes(name))) {
  console.log(`\n— ${bench} —`)
  // In processes of their own: what one leaves in memory does not slow the next.
  const child = spawn(process.execPath, [fileURLToPath(new URL(`${bench}.ts`, import.meta.url))], { stdio: 'inherit' })
  const [code]: unknown[] = await once(child, 'exit')
  if (code !== 0) process.exitCode = 1
}

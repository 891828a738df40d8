import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

// `npm run bench`: measures this machine, on loopback alone; `npm run bench -- intake` only one of them. Never part of the
// tests: figures of a busy machine say little, so read them as ratios.

const BENCHES = ['intake', 'push', 'widget'] as const

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !BENCHES.some((bench) => bench === name))
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. There are: ${BENCHES.join(', ')}.`)
  process.exit(1)
}
for (const bench of BENCHES) {
  if (asked.length > 0 && !asked.includes(bench)) continue
  console.log(`\n— ${bench} —`)
  // In processes of their own: what one leaves in memory does not slow the next.
  const child = spawn(process.execPath, [fileURLToPath(new URL(`${bench}.ts`, import.meta.url))], { stdio: 'inherit' })
  const [code]: unknown[] = await once(child, 'exit')
  if (code !== 0) process.exitCode = 1
}

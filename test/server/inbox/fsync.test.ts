import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const PROGRAM = fileURLToPath(new URL('append-batches.ts', import.meta.url))

/** Containers often forbid to trace, even where the program is there. */
const withoutStrace: false | string = await run('strace', ['-f', '-e', 'trace=fsync', 'true']).then(
  () => false,
  () => 'strace is missing or may not trace here (Debian: strace)',
)

const BATCHES = 12
const SIZE = 25

describe('what the disk is told', { skip: withoutStrace }, () => {
  let folder = ''
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'seon-verify-test-'))
  })
  after(() => rm(folder, { recursive: true, force: true }))

  it('syncs before each acknowledged batch, and once for many deliveries', async () => {
    const trace = join(folder, 'trace')
    const program = [process.execPath, PROGRAM, `sqlite:${join(folder, 'traced.db')}`, String(BATCHES), String(SIZE)]
    await run('strace', ['-f', '-s', '64', '-e', 'trace=fsync,fdatasync,write', '-o', trace, ...program])
    const syncs = countBetweenLines(await readFile(trace, 'utf8'))
    assert.equal(syncs.length, BATCHES)
    for (const [batch, count] of syncs.entries()) assert.ok(count >= 1, `batch ${batch} was acknowledged unsynced`)
    const total = syncs.reduce((sum, count) => sum + count, 0)
    assert.ok(total < (BATCHES * SIZE) / 2, `${total} syncs for ${BATCHES * SIZE} deliveries`)
  })
})

/** Successful syncs between one line of the program's output and the next. */
function countBetweenLines(trace: string): number[] {
  const counts: number[] = []
  let sinceLast: number | undefined
  for (const line of trace.split('\n')) {
    if (/\bf(?:data)?sync\(.*= 0$/.test(line) || /<\.\.\. f(?:data)?sync resumed>.*= 0$/.test(line)) {
      if (sinceLast !== undefined) sinceLast += 1
    } else if (/write\(1, "ready/.test(line)) {
      sinceLast = 0
    } else if (/write\(1, "acknowledged/.test(line) && sinceLast !== undefined) {
      counts.push(sinceLast)
      sinceLast = 0
    }
  }
  return counts
}

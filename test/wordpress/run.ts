import { spawn } from 'node:child_process'
import { buildIfStale } from '../../client/build.ts'
import { ensureChromium } from '../helpers/chromium.ts'
import { installKit } from './install-kit.ts'

// `npm run test:wordpress`: the plug-in in WordPress itself. Apart from `npm test`, as it needs a gigabyte more.

/** A whole WordPress takes five minutes, on a busy machine four times as long, ms. */
const TEST_MS = 1_800_000

const env = { WORDPRESS_KIT: await installKit(console.error), CHROME_PATH: await ensureChromium(console.error) }
await buildIfStale()
const test = spawn(
  process.execPath,
  [
    '--test',
    '--test-reporter=spec',
    '--test-concurrency=1',
    `--test-timeout=${TEST_MS}`,
    'test/wordpress/**/*.test.ts',
  ],
  { stdio: 'inherit', cwd: new URL('../..', import.meta.url), env: { ...process.env, ...env } },
)
process.exitCode = await new Promise<number>((resolve, reject) => {
  test.on('error', reject).on('exit', (code) => resolve(code ?? 1))
})

import { fileURLToPath } from 'node:url'
import { esbuildPlugin } from '@web/dev-server-esbuild'
import { chromeLauncher } from '@web/test-runner-chrome'
import { fakeSeonPlugin } from './test/client/helpers/fake-seon-plugin.ts'
import { ensureChromium } from './test/helpers/chromium.ts'

const executablePath = await ensureChromium((line) => process.stderr.write(`${line}\n`))

export default {
  files: 'test/client/**/*.test.ts',
  // Socket.IO's client swaps its Node parts for the browser's in the `browser` field of its package.json.
  nodeResolve: { browser: true, exportConditions: ['browser'] },
  // Tests that look at focus need a window of their own.
  concurrency: 1,
  plugins: [
    esbuildPlugin({ ts: true, target: 'es2022', tsconfig: fileURLToPath(new URL('./tsconfig.json', import.meta.url)) }),
    fakeSeonPlugin(),
  ],
  browsers: [
    chromeLauncher({
      launchOptions: {
        executablePath,
        headless: true,
        // By default the launcher lets every pop-up through, which no visitor's browser does.
        ignoreDefaultArgs: ['--disable-popup-blocking'],
        args: [
          '--no-sandbox',
          '--disable-gpu',
          '--disable-dev-shm-usage',
          '--no-first-run',
          '--disable-component-update',
        ],
      },
    }),
  ],
  testFramework: { config: { timeout: 10_000 } },
}

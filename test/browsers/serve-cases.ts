import { readFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import type { Express } from 'express'

/** Puts what `cases/run.ts` exports onto `window.run`. */
export const CASES_SCRIPT = `<script type="module">import * as run from '/cases/run.ts'; Object.assign(window, { run })</script>`

/** The cases as a browser takes them. */
export function serveCases(app: Express): void {
  app.get('/cases/:name', async ({ params: { name } }, response) => {
    const file = new URL(`cases/${encodeURIComponent(name)}`, import.meta.url)
    response.type('text/javascript').send(stripTypeScriptTypes(await readFile(file, 'utf8')))
  })
}

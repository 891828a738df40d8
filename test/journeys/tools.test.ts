import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { z } from 'zod'
import * as vocabulary from '../../client/tools/vocabulary.ts'
import { writeTools } from '../../client/tools/write-tools.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

const Named = z.array(z.object({ name: z.string() }))
const HtmlData = z.object({ tags: z.array(z.object({ name: z.literal('seon-verify'), attributes: Named })).length(1) })
const CssData = z.object({ properties: Named })
const WebTypes = z.object({ contributions: z.object({ html: z.object({ elements: z.array(z.unknown()).length(1) }) }) })

/** What a page in TypeScript may write, and what it may not. */
const USE = `import type { SeonVerifyAttributes } from './seon-verify.js'

const element = document.createElement('seon-verify')
element.mode = 'inline'
element.messages = { start: 'Go on', failures: { network: 'Try later.' } }
element.getUserToken = async () => 'token'
element.start()
element.addEventListener('seon-verify-status', ({ detail }) => detail.status === 'approved')
const attributes: SeonVerifyAttributes = { mode: 'popup', 'user-id': 'ada' }
// @ts-expect-error There is no such mode.
const wrong: SeonVerifyAttributes = { mode: 'sideways' }
// @ts-expect-error Only the server says so.
element.status = 'approved'
// @ts-expect-error There is no such status.
element.addEventListener('seon-verify-status', ({ detail }) => detail.status === 'aproved')
void [attributes, wrong]
`

describe('what editors and type checkers read', () => {
  let folder = ''
  before(async () => {
    // In the project, so that the compiler finds what the class imports.
    folder = await mkdtemp(`${root}node_modules/.cache/tools-`)
    await writeTools(folder)
  })
  after(() => rm(folder, { recursive: true, force: true }))

  const read = async (name: string): Promise<unknown> => JSON.parse(await readFile(`${folder}/${name}`, 'utf8'))

  it('has every attribute in VS Code, and every custom property', async () => {
    const { tags } = HtmlData.parse(await read('vscode.html-custom-data.json'))
    const names = tags[0]?.attributes.map(({ name }) => name) ?? []
    assert.deepEqual(names.toSorted(), Object.keys(vocabulary.attributes).toSorted())
    const { properties } = CssData.parse(await read('vscode.css-custom-data.json'))
    assert.deepEqual(properties.map(({ name }) => name).toSorted(), Object.keys(vocabulary.cssProperties).toSorted())
  })

  it('has the element in JetBrains editors', async () => {
    WebTypes.parse(await read('web-types.json'))
  })

  it('has types that hold, and that TypeScript pages can use', async () => {
    await writeFile(`${folder}/use.ts`, USE)
    const flags = [
      '--ignoreConfig',
      '--noEmit',
      '--strict',
      '--target',
      'es2024',
      '--module',
      'nodenext',
      '--types',
      '',
    ]
    // Its exit code is the verdict.
    await promisify(execFile)(`${root}node_modules/.bin/tsc`, [...flags, `${folder}/use.ts`], { cwd: folder }).catch(
      ({ stdout }: { stdout: string }) => assert.fail(stdout),
    )
  })
})

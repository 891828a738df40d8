import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { widget } from '../../vite.config.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Builds this as the element is built; its entry. */
async function buildEntry(entry: string): Promise<string> {
  const config = { ...widget.build, write: false, lib: { ...widget.build.lib, entry } }
  const [result] = [await build({ ...widget, build: config, logLevel: 'silent' })].flat()
  assert.ok(result && 'output' in result)
  return result.output[0].code
}

describe('the build of the element', () => {
  it('leaves out what the element needs nothing of in Lit', async () => {
    const code = await buildEntry(widget.build.lib.entry)
    for (const note of [
      'svg>',
      'math>',
      'replaceWith(...',
      'Versions',
      'PolyfillSupport',
      'ShadyCSS',
      'type:7',
      'addInitializer',
      '.tagName))',
    ]) {
      assert.ok(!code.includes(note), note)
    }
  })

  it('begins with the word that has Chromium compile it off the page’s own thread, which it takes nowhere else', async () => {
    const code = await buildEntry(widget.build.lib.entry)
    assert.match(code, /^\/\/# allFunctionsCalledOnLoad\n/)
  })

  it('fails where nothing in Lit is as it was taken for', async () => {
    await assert.rejects(buildEntry(`${root}client/widget/form/form-field.ts`), /Nothing in Lit is like/)
  })
})

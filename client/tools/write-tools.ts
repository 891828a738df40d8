import { writeFile } from 'node:fs/promises'
import { getWebTypesData } from 'custom-element-jet-brains-integration'
import { getVsCodeCssCustomData, getVsCodeHtmlCustomData } from 'custom-element-vs-code-integration'
import { createManifest } from './create-manifest.ts'
import { describeReactTypes, describeSvelteTypes, describeTypes, describeVueTypes } from './describe-types.ts'

/** Writes what editors and type checkers read about the element. No page needs it. */
export async function writeTools(folder: string): Promise<void> {
  const manifest = createManifest()
  const quiet = { hideLogs: true }
  const files = {
    'custom-elements.json': `${JSON.stringify(manifest, null, 2)}\n`,
    'vscode.html-custom-data.json': getVsCodeHtmlCustomData(manifest, quiet),
    'vscode.css-custom-data.json': getVsCodeCssCustomData(manifest, quiet),
    'web-types.json': getWebTypesData(manifest, { ...quiet, packageJson: false }),
    'seon-verify.d.ts': describeTypes(),
    'react.d.ts': describeReactTypes(),
    'vue.d.ts': describeVueTypes(),
    'svelte.d.ts': describeSvelteTypes(),
  }
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(`${folder}/${name}`, text)))
}

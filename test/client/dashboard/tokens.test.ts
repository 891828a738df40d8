import { expect } from '@open-wc/testing'
import { loadTokens } from './helpers.ts'

const HUES = ['accent', 'cool', 'blue', 'amber', 'green', 'red', 'grey']
const GROUNDS = ['ground', 'ground-rail', 'ground-float']

/** What must be readable on what: text 4.5 : 1, lines and icons 3 : 1 (WCAG 1.4.3, 1.4.11). */
const PAIRS: [front: string, back: string, least: number][] = [
  ...GROUNDS.flatMap((ground): [string, string, number][] => [
    ['text', ground, 4.5],
    ['text-quiet', ground, 4.5],
    ['control-line', ground, 3],
    ['focus', ground, 3],
    ...HUES.flatMap((hue): [string, string, number][] => [
      [`${hue}-text`, ground, 4.5],
      [`${hue}-line`, ground, 3],
    ]),
  ]),
  ...HUES.flatMap((hue): [string, string, number][] => [
    [`${hue}-text`, `${hue}-soft`, 4.5],
    [`${hue}-line`, `${hue}-soft`, 3],
    ['text', `${hue}-soft`, 4.5],
  ]),
  ...HUES.filter((hue) => hue !== 'accent').flatMap((hue): [string, string, number][] => [
    ['text', `${hue}-glow`, 4.5],
    ['text-quiet', `${hue}-glow`, 4.5],
  ]),
  ...['n-2', 'n-3', 'n-4', 'n-5'].map((back): [string, string, number] => ['text', back, 4.5]),
  ...['n-2', 'n-3', 'n-4'].map((back): [string, string, number] => ['text-quiet', back, 4.5]),
  ['accent-on', 'accent-solid', 4.5],
  ['accent-on', 'accent-solid-hover', 4.5],
  ['n-1', 'n-12', 4.5],
]

describe('colour tokens', () => {
  before(loadTokens)
  afterEach(() => document.documentElement.removeAttribute('data-theme'))

  for (const theme of ['light', 'dark']) {
    it(`can be read in ${theme}`, () => {
      document.documentElement.dataset['theme'] = theme
      const weak = PAIRS.map(([front, back, least]) => ({ front, back, least, is: readContrast(front, back) }))
        .filter(({ is, least }) => is < least)
        .map(({ front, back, least, is }) => `${front} on ${back}: ${is.toFixed(2)}, not ${least}`)
      expect(weak).to.deep.equal([])
    })
  }

  it('are sized by the reader’s own font size, no text under 12 px', () => {
    const sizes = ['12', '13', '14', '16', '20', '28'].map((size) => {
      const probe = document.createElement('i')
      probe.style.fontSize = `var(--size-${size})`
      document.body.append(probe)
      const { fontSize } = getComputedStyle(probe)
      probe.remove()
      return fontSize
    })
    expect(sizes).to.deep.equal(['12px', '13px', '14px', '16px', '20px', '28px'])
  })

  it('differ between light and dark under the same names', () => {
    const grounds = ['light', 'dark'].map((theme) => {
      document.documentElement.dataset['theme'] = theme
      return readLuminance('ground')
    })
    expect(grounds[0]).to.be.greaterThan(0.9)
    expect(grounds[1]).to.be.lessThan(0.05)
  })
})

function readContrast(front: string, back: string): number {
  const [light = 0, dark = 0] = [readLuminance(front), readLuminance(back)].toSorted((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

/** Relative luminance (WCAG 2.2) of a token as the browser paints it. */
function readLuminance(token: string): number {
  const probe = document.createElement('i')
  probe.style.color = `var(--${token})`
  document.body.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('no canvas')
  context.fillStyle = color
  context.fillRect(0, 0, 1, 1)
  const [r = 0, g = 0, b = 0] = [...context.getImageData(0, 0, 1, 1).data].map((channel) => {
    const part = channel / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

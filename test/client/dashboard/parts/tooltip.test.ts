import { expect, fixture, html, waitUntil } from '@open-wc/testing'
import { resetMouse, sendKeys, sendMouse } from '@web/test-runner-commands'
import '../../../../client/dashboard/elements.ts'
import '../../../../client/dashboard/parts/elements.ts'
import { loadTokens, readText } from '../helpers.ts'

const isShown = () => document.querySelector('sv-tooltip')?.matches(':popover-open') === true

describe('the tooltip', () => {
  before(loadTokens)
  afterEach(() => resetMouse())

  it('says the exact time on focus, and Escape puts it away', async () => {
    await fixture(html`<p><sv-time datetime="2026-01-02T03:04:05.000Z" reachable></sv-time></p>`)
    await sendKeys({ press: 'Tab' })
    await waitUntil(isShown)
    const tooltip = document.querySelector('sv-tooltip')
    expect(tooltip && readText(tooltip))
      .to.contain('2026, ')
      .and.to.contain('03:04:05 UTC')
    await sendKeys({ press: 'Escape' })
    await waitUntil(() => !isShown())
  })

  it('comes where the pointer rests, within the window, and goes with it', async () => {
    const place = await fixture<HTMLElement>(html`<p><sv-time datetime="2026-01-02T03:04:05.000Z"></sv-time></p>`)
    const { left, top, width, height } = place.querySelector('sv-time')?.getBoundingClientRect() ?? new DOMRect()
    await sendMouse({ type: 'move', position: [Math.round(left + width / 2), Math.round(top + height / 2)] })
    await waitUntil(isShown)
    const box = document.querySelector('sv-tooltip')?.getBoundingClientRect() ?? new DOMRect()
    expect(box.left).to.be.at.least(0)
    expect(box.right).to.be.at.most(innerWidth)
    await sendMouse({ type: 'move', position: [innerWidth - 5, innerHeight - 5] })
    await waitUntil(() => !isShown())
  })
})

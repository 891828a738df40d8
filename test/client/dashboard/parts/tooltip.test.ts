import { expect, fixture, html, waitUntil } from '@open-wc/testing'
import { resetMouse, sendKeys, sendMouse } from '@web/test-runner-commands'
import { render } from 'lit'
import '../../../../client/dashboard/elements.ts'
import '../../../../client/dashboard/parts/elements.ts'
import { renderTime } from '../../../../client/dashboard/parts/time/render-time.ts'
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

  for (const by of ['pointer', 'keyboard']) {
    it(`goes from one to the next within a shadow root, by ${by}`, async () => {
      const place = await fixture<HTMLElement>(html`<div></div>`)
      const root = place.attachShadow({ mode: 'open' })
      const times = ['2026-01-02T03:04:05.000Z', '2026-01-02T06:07:08.000Z']
      render(html`${times.map((each) => html`<p>${renderTime(each, { reachable: true })}</p>`)}`, root)
      for (const [index, time] of [...root.querySelectorAll('time')].entries()) {
        const { left, top, height } = time.getBoundingClientRect()
        if (by === 'keyboard') await sendKeys({ press: 'Tab' })
        else await sendMouse({ type: 'move', position: [Math.round(left + 5), Math.round(top + height / 2)] })
        const clock = times[index]?.slice(11, 19) ?? ''
        await waitUntil(
          () => isShown() && readText(document.querySelector('sv-tooltip') ?? place).includes(clock),
          clock,
        )
      }
    })
  }

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

import { expect, fixture, html, nextFrame, waitUntil } from '@open-wc/testing'
import '../../../../../client/dashboard/elements.ts'
import type { NavigateEvent } from '../../../../../client/dashboard/routing/navigate-event.ts'
import type { VerificationList } from '../../../../../client/dashboard/verifications/list/verification-list.ts'
import { loadTokens, makeVerification } from '../../helpers.ts'

const HEIGHT = 40

/** `count` rows, newest first, the newest being `count - 1`. */
const rowsOf = (count: number) => Array.from({ length: count }, (_, place) => makeVerification(count - 1 - place))

async function open(count: number) {
  const went: Partial<NavigateEvent['change']>[] = []
  const page = await fixture<HTMLElement>(
    // As in the page: what stands above the list is at least as high as the title line, under which its heads stick.
    html`<div class="page">
      <sv-verification-list
      .items=${rowsOf(count)}
      .environment=${'sandbox'}
      @sv-navigate=${(event: NavigateEvent) => went.push(event.change)}
    ></sv-verification-list>
    </div>`,
  )
  page.style.paddingBlockStart = '200px'
  const element = page.querySelector<VerificationList>('sv-verification-list')
  if (!element) throw new Error('no list')
  await element.updateComplete
  const grid = element.renderRoot.querySelector<HTMLElement>('[role=grid]')
  if (!grid) throw new Error('no grid')
  const press = async (key: string, on: HTMLElement = document.body) => {
    on.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }))
    await element.updateComplete
  }
  const drawn = () => [...element.renderRoot.querySelectorAll<HTMLElement>('[data-id]')]
  const placeOf = (id: string) =>
    element.renderRoot.querySelector(`[data-id="${id}"]`)?.getBoundingClientRect().top ?? Number.NaN
  return { element, grid, went, press, drawn, placeOf }
}

describe('sv-verification-list', () => {
  before(loadTokens)
  afterEach(() => scrollTo({ top: 0, behavior: 'instant' }))

  it('draws only what is near the screen, of a list as high as all rows', async () => {
    const { element, drawn } = await open(5000)
    expect(drawn().length).to.be.lessThan(innerHeight / HEIGHT + 20)
    expect(element.renderRoot.querySelector('.rows')?.clientHeight).to.equal(5000 * HEIGHT)
    scrollTo({ top: 3000 * HEIGHT, behavior: 'instant' })
    await waitUntil(() => drawn().some((row) => row.dataset['id'] === 'v01990'))
    expect(drawn().length).to.be.lessThan(innerHeight / HEIGHT + 20)
  })

  it('keeps what is looked at in its place when rows enter above, and counts them', async () => {
    const { element, placeOf } = await open(500)
    scrollTo({ top: 100 * HEIGHT, behavior: 'instant' })
    await waitUntil(() => !Number.isNaN(placeOf('v00395')))
    const before = placeOf('v00395')
    element.items = rowsOf(512)
    await element.updateComplete
    await nextFrame()
    expect(placeOf('v00395')).to.be.closeTo(before, 1)
    const above = element.renderRoot.querySelector<HTMLButtonElement>('.above button')
    expect(above?.textContent).to.contain('12 new above')
    above?.click()
    await waitUntil(() => scrollY === 0 && element.renderRoot.querySelector('.above') === null)
  })

  it('lets rows enter at the top while nobody is among them', async () => {
    const { element, drawn } = await open(30)
    element.items = rowsOf(31)
    await element.updateComplete
    expect(drawn()[0]?.dataset['id']).to.equal('v00030')
    expect(element.renderRoot.querySelectorAll('.above').length).to.equal(0)
    expect(scrollY).to.equal(0)
  })

  it('moves by j, k, arrows, Home and End, and opens by Enter', async () => {
    const { element, grid, press, went } = await open(300)
    const active = () => grid.getAttribute('aria-activedescendant')
    await press('j')
    expect(active()).to.equal('row-v00299')
    expect(element.shadowRoot?.activeElement === grid).to.equal(true)
    await press('j', grid)
    await press('ArrowDown', grid)
    expect(active()).to.equal('row-v00297')
    await press('k', grid)
    expect(active()).to.equal('row-v00298')
    await press('End', grid)
    expect(active()).to.equal('row-v00000')
    await waitUntil(() => element.renderRoot.querySelector('#row-v00000') !== null)
    const last = element.renderRoot.querySelector('#row-v00000')?.getBoundingClientRect()
    expect(last?.bottom).to.be.at.most(innerHeight + 1)
    await press('Home', grid)
    await press('Enter', grid)
    expect(went).to.deep.equal([{ open: 'v00299' }])
  })

  it('keeps the active row, and the focus, through whatever moves around them', async () => {
    const { element, grid, press } = await open(300)
    await press('j')
    await press('j', grid)
    element.items = rowsOf(340).filter((each) => each.id !== 'v00299')
    await element.updateComplete
    expect(grid.getAttribute('aria-activedescendant')).to.equal('row-v00298')
    expect(element.renderRoot.querySelectorAll('#row-v00298').length).to.equal(1)
    expect(element.shadowRoot?.activeElement === grid).to.equal(true)
  })

  it('leaves keys alone while somebody writes', async () => {
    const { grid, press } = await open(10)
    const field = await fixture<HTMLInputElement>(html`<input aria-label="anything" />`)
    await press('j', field)
    expect(grid.hasAttribute('aria-activedescendant')).to.equal(false)
  })

  it('opens on a click and links to the same', async () => {
    const { drawn, went } = await open(10)
    const row = drawn()[2]
    row?.click()
    expect(went).to.deep.equal([{ open: 'v00007' }])
    expect(row?.querySelector('a')?.search).to.contain('open=v00007')
  })

  it('asks for more near its end, and only then', async () => {
    const { element } = await open(400)
    let asked = 0
    element.addEventListener('sv-more', () => (asked += 1))
    element.hasMore = true
    await element.updateComplete
    expect(asked).to.equal(0)
    scrollTo({ top: 390 * HEIGHT, behavior: 'instant' })
    await waitUntil(() => asked > 0)
  })
})

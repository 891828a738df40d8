import { expect, fixture, html, waitUntil } from '@open-wc/testing'
import '../../../../../client/dashboard/elements.ts'
import { parseRoute } from '../../../../../client/dashboard/routing/route.ts'
import type { SavedViews } from '../../../../../client/dashboard/verifications/list/saved-views.ts'
import { readViews } from '../../../../../client/dashboard/verifications/list/view-store.ts'
import { loadTokens } from '../../helpers.ts'

const PLACE = 'seon-verify-views'

async function open(search: string) {
  const element = await fixture<SavedViews>(html`<sv-saved-views .route=${parseRoute(search)}></sv-saved-views>`)
  element.renderRoot.querySelector<HTMLElement>('#views')?.showPopover()
  const links = () => [...element.renderRoot.querySelectorAll('a')].map((link) => [link.textContent, link.search])
  return { element, links }
}

describe('sv-saved-views', () => {
  before(loadTokens)
  beforeEach(() => localStorage.removeItem(PLACE))
  after(() => localStorage.removeItem(PLACE))

  it('keeps the filters under a name, without what is open, and lets them go', async () => {
    const { element, links } = await open('?status=review,error&vendor=seon&open=v1')
    const field = element.renderRoot.querySelector('input')
    if (!field) throw new Error('no field')
    field.value = '  Mornings '
    field.form?.requestSubmit()
    await waitUntil(() => links().length === 1)
    expect(links()).to.deep.equal([['Mornings', '?status=review,error&vendor=seon']])
    expect(field.value).to.equal('')
    expect((await open('')).links()).to.deep.equal(links())
    element.renderRoot.querySelector<HTMLElement>('li button')?.click()
    await waitUntil(() => links().length === 0)
    expect(readViews()).to.deep.equal([])
  })

  it('takes nothing from storage into a link but filters', () => {
    for (const kept of ['nonsense', '7', '{}', '[1, null, {"name": 1, "search": "x"}]']) {
      localStorage.setItem(PLACE, kept)
      expect(readViews()).to.deep.equal([])
    }
    localStorage.setItem(PLACE, JSON.stringify([{ name: 'x', search: 'javascript:alert(1)//?status=declined' }]))
    expect(readViews()[0]?.search).to.match(/^(\?.*)?$/)
  })

  it('is accessible', async () => {
    localStorage.setItem(PLACE, JSON.stringify([{ name: '<b>Mornings</b>', search: '?status=review' }]))
    const { element, links } = await open('?status=review')
    expect(links()).to.deep.equal([['<b>Mornings</b>', '?status=review']])
    expect(element.renderRoot.querySelector('a')?.getAttribute('aria-current')).to.equal('true')
    await expect(element).to.be.accessible()
  })
})

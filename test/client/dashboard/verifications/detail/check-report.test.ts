import { expect, fixture, html } from '@open-wc/testing'
import type { CheckReport } from '../../../../../client/dashboard/verifications/detail/check-report.ts'
import type { Check } from '../../../../../server/protocol.ts'
import '../../../../../client/dashboard/verifications/detail/elements.ts'
import { messages } from '../../../../../client/dashboard/messages.ts'
import { loadTokens, readText } from '../../helpers.ts'

const words = messages.checks

const draw = (checks: readonly Check[]) =>
  fixture<CheckReport>(html`<sv-check-report .checks=${checks}></sv-check-report>`)

const names = (root: ParentNode) => [...root.querySelectorAll('.name')].map((each) => readText(each))

describe('sv-check-report', () => {
  before(loadTokens)

  it('puts what did not pass first, and folds what did', async () => {
    const { renderRoot } = await draw([
      ...['format', 'logic', 'screen', 'photocopy'].map(
        (name): Check => ({ group: 'document', name, result: 'pass', deliveryId: 'delivery-1' }),
      ),
      { group: 'document', name: 'nameMatch', result: 'not_performed' },
      { group: 'document', name: 'photoForgery', result: 'fail' },
      { group: 'document', name: 'overall', result: 'fail' },
    ])
    expect(names(renderRoot).slice(0, 3)).to.deep.equal([
      words.overall,
      words.names['photoForgery'],
      words.names['nameMatch'],
    ])
    expect(renderRoot.querySelector('details')?.open).to.equal(false)
    expect(readText(renderRoot)).to.contain('4 checks passed').and.to.contain('2 failed')
    expect(renderRoot.querySelector('.origin a')?.getAttribute('href')).to.equal('?view=deliveries&open=delivery-1')
  })

  it('goes through the groups in a person’s order and says what is missing', async () => {
    const { renderRoot } = await draw([
      { group: 'aml', name: 'pep', result: 'review' },
      { group: 'face_match', name: 'overall', result: 'pass' },
      { group: 'document', name: 'overall', result: 'pass' },
    ])
    expect([...renderRoot.querySelectorAll('h4')].map((each) => each.textContent)).to.deep.equal([
      'Document',
      'Face match',
      'AML',
    ])
    expect(readText(renderRoot)).to.contain('Nothing reported of: data, selfie, liveness, address, duplicates.')
  })

  it('shows a name that it has no words for by itself, also one that every object has', async () => {
    const { renderRoot } = await draw([
      { group: 'selfie', name: 'constructor', result: 'pass' },
      { group: 'selfie', name: 'glassesWorn', result: 'unknown' },
    ])
    expect(names(renderRoot)).to.deep.equal(['Glasses worn', 'Constructor'])
  })

  it('is accessible', async () => {
    const element = await draw([
      { group: 'document', name: 'overall', result: 'fail', deliveryId: 'delivery-1' },
      ...['a', 'b', 'c', 'd'].map((name): Check => ({ group: 'document', name, result: 'pass' })),
    ])
    await expect(element).to.be.accessible()
  })
})

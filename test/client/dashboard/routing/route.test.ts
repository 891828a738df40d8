import { expect } from '@open-wc/testing'
import * as fc from 'fast-check'
import { formatRoute, PERIODS, parseRoute, VIEWS } from '../../../../client/dashboard/routing/route.ts'
import { OUTCOMES, SORTS, SOURCES, STATUSES, VENDORS } from '../../../../server/protocol.ts'

const maybe = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values))
const route = fc.record({
  view: fc.constantFrom(...VIEWS),
  statuses: fc.uniqueArray(fc.constantFrom(...STATUSES)),
  vendor: maybe(VENDORS),
  workflow: fc.option(fc.string({ minLength: 1, unit: 'grapheme' })),
  environment: maybe(['sandbox', 'live'] as const),
  overdue: fc.boolean(),
  sort: fc.constantFrom(...SORTS),
  order: fc.constantFrom('asc' as const, 'desc' as const),
  period: maybe(PERIODS),
  outcome: maybe(OUTCOMES),
  source: maybe(SOURCES),
  open: fc.option(fc.string({ minLength: 1, unit: 'grapheme' })),
  of: fc.option(fc.string({ minLength: 1, unit: 'grapheme' })),
})

describe('the address', () => {
  it('says a route so that it is read back the same', () => {
    fc.assert(
      fc.property(route, (each) => {
        expect(parseRoute(formatRoute(each))).to.deep.equal(each)
      }),
    )
  })

  it('is read whatever stands in it', () => {
    fc.assert(
      fc.property(fc.webQueryParameters(), (query) => {
        const read = parseRoute(`?${query}`)
        expect(VIEWS).to.include(read.view)
        expect(read.statuses.every((each) => STATUSES.includes(each))).to.equal(true)
      }),
    )
    expect(parseRoute('?status=approved,nonsense,declined&vendor=x').statuses).to.deep.equal(['approved', 'declined'])
  })

  it('is empty where nothing was chosen', () => {
    expect(formatRoute(parseRoute(''))).to.equal('')
  })
})

import { expect } from '@open-wc/testing'
import * as fc from 'fast-check'
import { formatNumber, formatSome } from '../../../../client/dashboard/messages/numbers.ts'
import { shortenId } from '../../../../client/dashboard/parts/text/short-id.ts'
import { formatAgo, formatDuration } from '../../../../client/dashboard/parts/time/time-format.ts'
import { summarize } from '../../../../client/dashboard/shell/live-announcer.ts'
import { readFieldName } from '../../../../client/dashboard/verifications/detail/check-report.ts'
import { isMasked, isPersonal, maskPersonal } from '../../../../server/personal.ts'

const NOW = Date.UTC(2026, 5, 15, 12)
const ago = (age: number) => formatAgo(NOW - age, NOW)

describe('words for values', () => {
  it('say how long ago', () => {
    expect([0, 9_999, 25_000, 60_000, 150_000, 3 * 3_600_000].map(ago)).to.deep.equal([
      'now',
      'now',
      '20 sec ago',
      '1 min ago',
      '2 min ago',
      '3 hr ago',
    ])
    expect(ago(-5_000)).to.equal('now')
    expect(ago(3 * 86_400_000)).to.equal('12 Jun')
    expect(ago(400 * 86_400_000)).to.equal('11 May 2025')
  })

  it('group figures as English does', () => {
    const english = new Intl.NumberFormat('en')
    fc.assert(fc.property(fc.maxSafeNat(), (value) => formatNumber(value) === english.format(value)))
    expect([formatSome(1, 'row', 'rows'), formatSome(0, 'row', 'rows'), formatSome(2000, 'row', 'rows')]).to.deep.equal(
      ['1 row', '0 rows', '2,000 rows'],
    )
  })

  it('say how long', () => {
    expect([0, 850, 4_250, 12_000, 200_000, 7_500_000, 273_600_000, 60_000].map(formatDuration)).to.deep.equal([
      '0 ms',
      '850 ms',
      '4.2 s',
      '12 s',
      '3 min 20 s',
      '2 h 5 min',
      '3 d 4 h',
      '1 min',
    ])
  })

  it('shorten ids in the middle, never in the middle of a character', () => {
    expect(shortenId('0197f3a2-aaaa-7bbb-8ccc-ddddeeeec41b')).to.equal('0197f3a2…c41b')
    expect(shortenId('user-1042')).to.equal('user-1042')
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (id) => shortenId(id).isWellFormed()))
  })

  it('mask what names a person and leave what does not', () => {
    expect(maskPersonal('kim.lee@example.com')).to.equal('k•••@e•••')
    expect(maskPersonal('+36 20 555 0199')).to.equal('•••• 199')
    for (const number of ['tel:+36205550199', '+36/20/555-0199', '３６２０５５５０１９９']) {
      expect(isPersonal(number), number).to.equal(true)
    }
    const names: [name: string, masked: string][] = [
      ['Ada Byron', 'A••• B•••'],
      ['  ada  king\tbyron ', 'a••• b•••'],
      ['Byron, Ada', 'B••• A•••'],
      ['A. Byron', 'A••• B•••'],
      ['Ada | Byron', 'A••• B•••'],
      ['Ada 🙂 Byron', 'A••• B•••'],
      ['آدا \u200fبايرون', 'آ••• ب•••'],
      ['José\u0301 Ángel', 'J••• Á•••'],
      ['山田\u3000太郎', '山••• 太•••'],
      ['𐐀da\u00a0𐐁yron', '𐐀••• 𐐁•••'],
    ]
    for (const [name, masked] of names) {
      expect(maskPersonal(name)).to.equal(masked)
      expect(isMasked(masked), masked).to.equal(true)
      expect(maskPersonal(masked)).to.equal(masked)
    }
    for (const id of ['user-1042', 'customer 1042', 'A4 B7', '12 b', 'ada.byron', 'AdaByron', ' ada ']) {
      expect(maskPersonal(id)).to.equal(id)
      expect(isMasked(id), id).to.equal(false)
    }
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        expect(isPersonal(address)).to.equal(true)
        expect(maskPersonal(address).length).to.be.lessThan(12)
      }),
    )
  })

  it('turn a vendor’s field name into words', () => {
    expect(['expiryDate', 'mrz_consistency', 'overall'].map(readFieldName)).to.deep.equal([
      'Expiry date',
      'Mrz consistency',
      'Overall',
    ])
  })

  it('sum up what moved in one sentence', () => {
    expect(summarize(['approved', 'declined', 'approved'])).to.equal('3 verifications changed: 2 approved, 1 declined')
    expect(summarize(['review'])).to.equal('1 verification changed: 1 review')
  })
})

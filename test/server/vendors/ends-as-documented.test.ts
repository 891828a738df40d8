import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Status, Vendor } from '../../../server/protocol.ts'
import { createIncodeReceiver } from '../../../server/vendors/incode.ts'
import type { Receiver } from '../../../server/vendors/receiver.ts'
import { createSeonReceiver } from '../../../server/vendors/seon.ts'
import { createSeonFraudReceiver } from '../../../server/vendors/seon-fraud.ts'
import { createSeonIdvReceiver } from '../../../server/vendors/seon-idv.ts'
import { foldReports, type Projection } from '../../../server/verification/projection.ts'
import type { Report } from '../../../server/verification/report.ts'
import { readFixture } from './deliveries.ts'

const environment = 'live'
const receivers: Record<string, Receiver> = {
  seon: createSeonReceiver({ secrets: [], environment }),
  'seon-idv': createSeonIdvReceiver({ secrets: [], licenseKeys: [], environment }),
  'seon-fraud': createSeonFraudReceiver({ licenseKeys: [] }),
  incode: createIncodeReceiver({ environment, tokens: null, header: null, confirms: false }),
}

/** What becomes of a verification that these deliveries are about, in this order of arrival. */
function fold(vendor: Vendor, vendorId: string, names: readonly string[]): Projection {
  const reports = names.flatMap((name, index): Report[] => {
    const receiver = receivers[name.slice(0, name.indexOf('/'))]
    assert.ok(receiver)
    return receiver.parse(readFixture(name)).reports.map((draft, entry) => ({
      ...draft,
      id: `${index}-${entry}`,
      source: receiver.source,
      environment,
      receivedAt: Date.UTC(2026, 6, 1) + index,
      deliveryId: `delivery-${name}`,
    }))
  })
  return foldReports({ vendor, vendorId, environment }, reports)
}

const run = '5d0c3c1e-8a57-4a0b-9a4f-6f3a1b2c4d01'
const cases: [what: string, vendor: Vendor, vendorId: string, names: string[], status: Status][] = [
  ['a finished run', 'seon', run, ['seon/execution-finished'], 'approved'],
  ['a run changed by hand', 'seon', run, ['seon/execution-finished', 'seon/execution-updated'], 'declined'],
  [
    'a run of which only a check has passed',
    'seon',
    run,
    ['seon/session-finished', 'seon/transaction-processed'],
    'created',
  ],
  ['a run with news that we do not know', 'seon', run, ['seon/ekyc-finished', 'seon/execution-finished'], 'approved'],
  ['an IDV session', 'seon-idv', '9f1e2d3c-4b5a-4968-8776-5a4b3c2d1e04', ['seon-idv/session-approved'], 'approved'],
  [
    'an IDV session in review',
    'seon-idv',
    '1a2b3c4d-5e6f-4071-8293-a4b5c6d7e805',
    ['seon-idv/session-review'],
    'review',
  ],
  ['a session that was left', 'seon-idv', 'leg-55aa', ['seon-idv/legacy-session-finished'], 'abandoned'],
  [
    'a session overruled by an analyst',
    'seon-idv',
    'leg-55aa',
    ['seon-idv/legacy-session-finished', 'seon-idv/legacy-status-updated'],
    'approved',
  ],
  ['an onboarding that is done', 'incode', '66a0b1c2d3e4f5a6b7c8d901', ['incode/onboarding-finished'], 'finished'],
  [
    'an onboarding approved by hand',
    'incode',
    '66a0b1c2d3e4f5a6b7c8d901',
    ['incode/onboarding-finished', 'incode/manual-review-approved'],
    'approved',
  ],
  [
    'a run whose user Fraud speaks of',
    'seon',
    run,
    [
      'seon/execution-finished',
      'seon-fraud/transaction-status',
      'seon-fraud/lists-blacklist-whitelist',
      'seon-fraud/lists-customlist',
      'seon-fraud/aml-person-updates',
      'seon-fraud/aml-entity-updates',
    ],
    'approved',
  ],
]

describe('the documents’ examples, folded', () => {
  for (const [what, vendor, vendorId, names, status] of cases) {
    it(`B1 row 28: ${what} ends ${status}, in either order of arrival`, () => {
      assert.equal(fold(vendor, vendorId, names).status, status)
      assert.equal(fold(vendor, vendorId, names.toReversed()).status, status)
    })
  }

  it('flags what Fraud and duplicates say, and lists the checks', () => {
    const { flags, checks } = fold('seon', run, ['seon/execution-finished', 'seon-fraud/aml-person-updates'])
    assert.deepEqual(flags, ['aml_reopened'])
    assert.deepEqual(checks.map(({ group, name }) => `${group}/${name}`).toSorted(), [
      'aml/crimelist',
      'aml/pep',
      'aml/sanctionlist',
      'aml/watchlist',
    ])
    assert.deepEqual(fold('seon-idv', 'leg-55aa', ['seon-idv/legacy-session-finished']).flags, ['duplicates_found'])
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { verificationId } from '../../../server/verification/identity.ts'
import { foldReports } from '../../../server/verification/projection.ts'
import type { Report } from '../../../server/verification/report.ts'
import type { Arrival } from '../../oracle/facts.ts'
import { histories, T0 } from '../../oracle/histories.ts'
import { type Expected, expectStates, type OracleVendor, sortChecks } from '../../oracle/oracle.ts'
import { ENVIRONMENT, toReports, withoutRepeats } from '../../oracle/reports.ts'

const idOf = (vendor: OracleVendor, vendorId: string) => verificationId({ environment: ENVIRONMENT, vendor, vendorId })

/** Folds what the oracle says is a verification's, in the order of `reports`, and compares what comes out. */
function assertFold(expected: Expected, reports: readonly Report[]): void {
  const { vendor, vendorId, own: _own, linked: _linked, checks, ...rest } = expected
  const folded = foldReports({ environment: ENVIRONMENT, vendor, vendorId }, reports)
  const { status, decidedAt, userId, workflow, createdAt, flags } = folded
  assert.deepEqual({ status, decidedAt, userId, workflow, createdAt, flags }, rest)
  const found = folded.checks.map(({ group, name, result }) => ({ group, name, result }))
  assert.deepEqual(sortChecks(found), checks)
  assertProvenance(folded.provenance, reports)
}

/** Every field's origin is a report that is there. */
function assertProvenance(provenance: Readonly<Record<string, string>>, reports: readonly Report[]): void {
  const origins = new Set(reports.map((report) => report.deliveryId ?? report.kind))
  for (const [field, origin] of Object.entries(provenance)) assert.ok(origins.has(origin), `${field}: ${origin}`)
}

function toIds(arrivals: readonly Arrival[]): Map<Arrival, string> {
  return new Map(arrivals.map((arrival, index) => [arrival, `d${String(index).padStart(3, '0')}`]))
}

describe('foldReports', () => {
  it('ends where the oracle ends, for 10,000 random histories in random orders', () => {
    let verifications = 0
    const statuses = new Set<string>()
    fc.assert(
      fc.property(histories, fc.infiniteStream(fc.nat()), (heard, random) => {
        const arrivals = withoutRepeats(
          heard.map(({ fact }, index) => ({ fact, receivedAt: T0 + 60_000 + index * 1000 })),
        )
        const ids = toIds(arrivals)
        for (const expected of expectStates(arrivals, idOf, ENVIRONMENT)) {
          const reports = [...expected.own, ...expected.linked]
            .flatMap((arrival) => toReports(arrival, ids.get(arrival) ?? ''))
            .map((report) => ({ report, key: random.next().value ?? 0 }))
            .toSorted((a, b) => a.key - b.key)
            .map(({ report }) => report)
          assertFold(expected, reports)
          verifications += 1
          statuses.add(expected.status)
        }
      }),
      { numRuns: 10_000 },
    )
    assert.ok(verifications > 30_000, `only ${verifications} verifications`)
    assert.equal(statuses.size, 12, [...statuses].join(' '))
  })
})

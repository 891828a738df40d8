import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fingerprint } from '../../../server/auth/secrets.ts'
import type { Check } from '../../../server/protocol.ts'
import { createSeonFraudReceiver } from '../../../server/vendors/seon-fraud.ts'
import { sign } from '../../../server/vendors/signature.ts'
import type { ReportDraft, Subject } from '../../../server/verification/report.ts'
import { bytes, deliver, hex, NAUGHTY, readFixture } from './deliveries.ts'

const receiver = createSeonFraudReceiver({
  licenseKeys: [
    { key: 'live licence', environment: 'live' },
    { key: 'sandbox licence', environment: 'sandbox' },
  ],
})

const minute = (minutes: number) => Date.UTC(2026, 4, 4, 10, minutes)
const user = (id: string): Subject => ({ type: 'user', id })
const transaction = (id: string): Subject => ({ type: 'transaction', id })
const review = (name: string): Check => ({ group: 'aml', name, result: 'review' })

type Entry = Omit<ReportDraft, 'kind' | 'event' | 'occurredAt'>

const fixtures: Record<string, { event: string; occurredAt: number; entries: Entry[] }> = {
  'transaction-status': {
    event: 'transaction:status_update',
    occurredAt: minute(30),
    entries: [
      { subject: transaction('tx-a1'), detail: 'REVIEW' },
      { subject: transaction('tx-a2'), detail: 'DECLINE' },
    ],
  },
  'lists-blacklist-whitelist': {
    event: 'lists:blacklist-whitelist',
    occurredAt: minute(31),
    entries: [
      { subject: user('member-701'), detail: 'user_id: blacklist' },
      { subject: user('member-702'), detail: 'user_id: whitelist' },
      { subject: null, detail: 'email: normal' },
    ],
  },
  'lists-customlist': {
    event: 'lists:customlist',
    occurredAt: minute(32),
    entries: [
      { subject: user('member-703'), detail: 'user_id: watchlist' },
      { subject: user('member-704'), detail: 'user_id: chargeback_ring' },
    ],
  },
  'aml-person-updates': {
    event: 'aml:person_updates',
    occurredAt: minute(33),
    entries: [
      {
        subject: user('member-705'),
        checks: ['pep', 'sanctionlist', 'watchlist', 'crimelist'].map(review),
        detail: 'REOPENED: pep, sanctionlist, watchlist, crimelist',
        flags: ['aml_reopened'],
      },
    ],
  },
  'aml-entity-updates': {
    event: 'aml:entity_updates',
    occurredAt: minute(34),
    entries: [
      {
        subject: user('company-12'),
        checks: ['sanctionlist', 'watchlist'].map(review),
        detail: 'REOPENED: sanctionlist, watchlist',
        flags: ['aml_reopened'],
      },
    ],
  },
}

function reportsOf(event: string, body: object): ReportDraft[] {
  return receiver.parse(bytes({ event, ...body })).reports
}

describe('SEON Fraud', () => {
  for (const [name, { event, occurredAt, entries }] of Object.entries(fixtures)) {
    it(`reads ${name}`, () => {
      assert.deepEqual(receiver.parse(readFixture(`seon-fraud/${name}`)), {
        event,
        recognised: true,
        reports: entries.map((entry) => ({ kind: 'report', event, occurredAt, ...entry })),
      })
    })
  }

  it('keeps nothing personal of what stands on a list or in a label', () => {
    for (const name of Object.keys(fixtures)) {
      const drafts = JSON.stringify(receiver.parse(readFixture(`seon-fraud/${name}`)).reports)
      assert.doesNotMatch(drafts, /northgate|example\.com|00000000/i)
    }
  })

  it('verifies the Digest, and which licence key made it says which environment it is of', () => {
    const body = readFixture('seon-fraud/transaction-status')
    for (const environment of ['live', 'sandbox'] as const) {
      const secret = `${environment} licence`
      const expected = { ok: true, environment, secretId: fingerprint(secret) }
      for (const encoding of ['hex', 'base64'] as const) {
        const digest = `SHA-256=${sign(body, secret).toString(encoding)}`
        assert.deepEqual(receiver.verify(deliver(body, 'Digest', digest)), expected)
      }
    }
    assert.deepEqual(receiver.verify(deliver(body, 'SEON-Signature', hex(body, 'live licence'))), {
      ok: false,
      outcome: 'rejected',
      reason: 'sig_missing',
    })
    const closed = createSeonFraudReceiver({ licenseKeys: [] })
    assert.deepEqual(closed.verify(deliver(body)), { ok: false, outcome: 'not_configured' })
  })

  it('gives one report for each of thousands of entries', () => {
    const transactions = Array.from({ length: 3000 }, (_, index) => ({
      id: `tx-${index}`,
      state: 'APPROVE',
      label: '',
    }))
    const { reports } = receiver.parse(bytes({ event: 'transaction:status_update', transactions }))
    assert.deepEqual(
      reports.map(({ subject }) => subject?.id),
      transactions.map(({ id }) => id),
    )
    assert.ok(reports.every(({ status }) => status === undefined))
  })

  it('B1 row 20: shows what it cannot read, entry by entry', () => {
    assert.deepEqual(reportsOf('aml:person_updates', {}), [
      { kind: 'unrecognised', subject: null, event: 'aml:person_updates', occurredAt: null },
    ])
    for (const odd of [null, 7, 'x', [], {}, { id: {}, user_id: [], data_field: 1 }, ...NAUGHTY]) {
      for (const event of ['transaction:status_update', 'lists:customlist', 'aml:entity_updates']) {
        const [draft, ...rest] = reportsOf(event, { transactions: [odd], values: [odd] })
        assert.deepEqual(draft, { kind: 'unrecognised', subject: null, event, occurredAt: null })
        assert.deepEqual(rest, [])
      }
    }
  })

  it('keeps words that it does not know as unrecognised', () => {
    const [draft] = receiver.parse(
      bytes({ event: 'transaction:status_update', transactions: [{ id: 't', state: 'FROZEN' }] }),
    ).reports
    assert.equal(draft?.kind, 'unrecognised')
    assert.equal(draft.detail, 'FROZEN')
    const [aml] = receiver.parse(
      bytes({ event: 'aml:person_updates', values: [{ user_id: 'u', status: 'CLOSED', changes: 'pep' }] }),
    ).reports
    assert.deepEqual(aml, {
      kind: 'unrecognised',
      subject: user('u'),
      event: 'aml:person_updates',
      occurredAt: null,
      checks: [{ group: 'aml', name: 'pep', result: 'unknown' }],
      detail: 'CLOSED: pep',
    })
  })

  it('takes no name or address for the name of a change', () => {
    const changes = ['pep', 'Ada Example', 'ada@example.com', 'x'.repeat(300), 7, null, ...NAUGHTY]
    const [draft] = receiver.parse(
      bytes({ event: 'aml:person_updates', values: [{ user_id: 'u', status: 'REOPENED', changes }] }),
    ).reports
    const names = draft?.checks?.map(({ name }) => name)
    assert.equal(names?.[0], 'pep')
    assert.ok(names.length <= 16)
    for (const name of names) assert.match(name, /^[A-Za-z][A-Za-z0-9_-]{0,39}$/)
  })

  it('cannot decide a verification: a licence key starts out as an API key', () => {
    for (const name of ['seon/execution-finished', 'seon/session-finished', 'seon-idv/session-approved']) {
      const parsed = receiver.parse(readFixture(name))
      assert.equal(parsed.recognised, false)
      for (const { kind, subject, status, checks } of parsed.reports) {
        assert.equal(kind, 'unrecognised')
        assert.ok(subject === null || subject.type === 'user')
        assert.deepEqual([status, checks], [undefined, undefined])
      }
    }
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fingerprint } from '../../../server/auth/secrets.ts'
import { createSeonReceiver } from '../../../server/vendors/seon.ts'
import type { ReportDraft } from '../../../server/verification/report.ts'
import { bytes, deliver, hex, NAUGHTY, readFixture } from './deliveries.ts'

const receiver = createSeonReceiver({ secrets: ['current', 'previous'], environment: 'sandbox' })
const run = { type: 'run', id: '5d0c3c1e-8a57-4a0b-9a4f-6f3a1b2c4d01' } as const
const workflow = '0b7a9a52-33a1-4b7e-8f65-9b8f5e1d7702'

function execution(status: unknown, event = 'orchestration/workflow_execution_finished'): ReportDraft | undefined {
  return receiver.parse(bytes({ event, timestamp: '2026-03-02T08:15:00Z', data: { id: 'run-1', status } })).reports[0]
}

function transaction(data: object): ReportDraft | undefined {
  return receiver.parse(bytes({ event: 'transaction/processed', data })).reports[0]
}

const fixtures: Record<string, ReportDraft[]> = {
  ping: [],
  'execution-finished': [
    {
      kind: 'report',
      subject: run,
      event: 'orchestration/workflow_execution_finished',
      occurredAt: Date.UTC(2026, 2, 2, 8, 15),
      workflow,
      status: 'approved',
      detail: 'APPROVED',
    },
  ],
  'execution-updated': [
    {
      kind: 'report',
      subject: run,
      event: 'orchestration/workflow_execution_updated',
      occurredAt: Date.UTC(2026, 2, 2, 9, 40, 12, 250),
      workflow,
      status: 'declined',
      corrects: true,
      detail: 'DECLINED',
    },
  ],
  'session-finished': [
    {
      kind: 'report',
      subject: { type: 'session', id: 'c2d7a9b4-1f4e-4d5b-8a6c-7e9f0a1b2c03' },
      event: 'idv/session_finished',
      occurredAt: Date.UTC(2026, 2, 2, 8, 14, 31),
      status: 'approved',
      executionId: run.id,
      userId: 'member-4711',
      checks: [
        { group: 'document', name: 'overall', result: 'pass' },
        { group: 'document', name: 'documentValidity', result: 'pass' },
        { group: 'document', name: 'imageQuality', result: 'pass' },
        { group: 'selfie', name: 'overall', result: 'pass' },
        { group: 'liveness', name: 'overall', result: 'pass' },
        { group: 'face_match', name: 'overall', result: 'pass' },
        { group: 'data', name: 'documentExtraction', result: 'pass' },
      ],
      detail: 'APPROVED',
    },
  ],
  'transaction-processed': [
    {
      kind: 'report',
      subject: { type: 'transaction', id: 'tx-90210' },
      event: 'transaction/processed',
      occurredAt: Date.UTC(2026, 2, 2, 8, 14, 2),
      executionId: run.id,
      userId: 'member-4711',
      transactionIds: ['tx-90210'],
      detail: 'APPROVE',
    },
  ],
  'ekyc-finished': [
    {
      kind: 'unrecognised',
      subject: run,
      event: 'ekyc/process_finished',
      occurredAt: Date.UTC(2026, 2, 2, 8, 14, 20),
      userId: 'member-4711',
    },
  ],
}

describe('SEON, at its door', () => {
  for (const [name, reports] of Object.entries(fixtures)) {
    it(`reads ${name}`, () => {
      const parsed = receiver.parse(readFixture(`seon/${name}`))
      assert.deepEqual(parsed.reports, reports)
      assert.equal(parsed.recognised, name !== 'ekyc-finished')
    })
  }

  it('verifies SEON-Signature with each secret, in its environment', () => {
    const body = readFixture('seon/execution-finished')
    for (const secret of ['current', 'previous']) {
      const expected = { ok: true, environment: 'sandbox', secretId: fingerprint(secret) }
      assert.deepEqual(receiver.verify(deliver(body, 'SEON-Signature', hex(body, secret))), expected)
    }
    assert.deepEqual(receiver.verify(deliver(body)), { ok: false, outcome: 'rejected', reason: 'sig_missing' })
    const closed = createSeonReceiver({ secrets: [], environment: 'live' })
    assert.deepEqual(closed.verify(deliver(body)), { ok: false, outcome: 'not_configured' })
    assert.deepEqual(receiver.accepted, { received: true })
  })

  it('knows all words of SEON for how a run stands', () => {
    const words = {
      CREATED: 'created',
      Pending: 'created',
      RUNNING: 'started',
      'Retry required': 'started',
      APPROVED: 'approved',
      APPROVE: 'approved',
      approved: 'approved',
      REVIEW: 'review',
      DECLINED: 'declined',
      DECLINE: 'declined',
      EXPIRED: 'expired',
      ABANDONED: 'abandoned',
      ERROR: 'error',
    }
    for (const [word, status] of Object.entries(words)) {
      const draft = execution(word)
      assert.equal(draft?.status, status, word)
      assert.equal(draft.kind, 'report')
      assert.equal(draft.detail, word)
    }
  })

  it('keeps a status it does not know as unrecognised, with the word for people to read', () => {
    const draft = execution('ESCALATED\u0000\u202E\n<b>')
    assert.deepEqual(draft, {
      kind: 'unrecognised',
      subject: { type: 'run', id: 'run-1' },
      event: 'orchestration/workflow_execution_finished',
      occurredAt: Date.UTC(2026, 2, 2, 8, 15),
      detail: 'ESCALATED <b>',
    })
    for (const word of [...NAUGHTY, 7, null, {}, ['APPROVED'], true]) {
      const odd = execution(word)
      assert.equal(odd?.kind, 'unrecognised')
      assert.equal(odd.status, undefined)
    }
  })

  it('takes `:` for `/` and keeps the name as sent', () => {
    const draft = execution('REVIEW', 'orchestration:workflow_execution_updated')
    assert.equal(draft?.event, 'orchestration:workflow_execution_updated')
    assert.equal(draft.corrects, true)
    assert.equal(draft.status, 'review')
  })

  it('B1 row 20: an event without a name is unreadable, one with a new name is kept', () => {
    for (const event of [undefined, null, 7, '', ' \n', {}]) {
      assert.throws(() => receiver.parse(bytes({ event, data: {} })), { name: 'UnreadableError', code: 'no_event' })
    }
    const parsed = receiver.parse(
      bytes({ event: 'orchestration/workflow_paused', data: { id: 'run-1', status: 'APPROVED' } }),
    )
    assert.equal(parsed.recognised, false)
    assert.deepEqual(parsed.reports, [
      {
        kind: 'unrecognised',
        subject: { type: 'run', id: 'run-1' },
        event: 'orchestration/workflow_paused',
        occurredAt: null,
      },
    ])
  })

  it('B1 row 23: inherited and prototype keys decide nothing', () => {
    const hostile =
      '{"event":"orchestration/workflow_execution_finished","data":{"id":"run-1","__proto__":{"status":"APPROVED"}}}'
    assert.equal(receiver.parse(bytes(hostile)).reports[0]?.status, undefined)
    for (const event of ['constructor', '__proto__', 'toString']) {
      assert.equal(receiver.parse(bytes({ event })).recognised, false)
    }
  })

  it('B1 row 24: the last of two equal keys counts; a run whose id is not text is nobody', () => {
    const twice =
      '{"event":"orchestration/workflow_execution_finished","data":{"id":"run-1","status":"APPROVED","status":"DECLINED"}}'
    assert.equal(receiver.parse(bytes(twice)).reports[0]?.status, 'declined')
    for (const id of ['12345678901234567890', '"\\ud800"', '"run\\u00001"', '""', 'null', '{}']) {
      const body = `{"event":"orchestration/workflow_execution_finished","data":{"id":${id},"status":"APPROVED"}}`
      const [draft] = receiver.parse(bytes(body)).reports
      assert.equal(draft?.subject, null, id)
      assert.equal(draft.kind, 'unrecognised')
    }
  })

  it('files a transaction under itself, naming its run and user, and never moves a status', () => {
    const full = transaction({ execution_id: 'run-1', userId: 'u', transaction_id: 't', status: 'APPROVED' })
    assert.deepEqual(full?.subject, { type: 'transaction', id: 't' })
    assert.equal(full.executionId, 'run-1')
    assert.equal(full.userId, 'u')
    assert.equal(full.status, undefined)
    assert.deepEqual(transaction({ executionId: 'run-1', user_id: 'u' })?.subject, { type: 'run', id: 'run-1' })
    assert.deepEqual(transaction({ user_id: 'u' })?.subject, { type: 'user', id: 'u' })
    assert.equal(transaction({})?.subject, null)
  })

  it("takes Fraud's events too, should the current system send them", () => {
    const data = { values: [{ user_id: 'u', status: 'REOPENED', changes: ['pep'] }] }
    const parsed = receiver.parse(bytes({ event: 'aml/person_updates', timestamp: '2026-03-02T08:15:00Z', data }))
    assert.deepEqual(parsed.reports[0]?.flags, ['aml_reopened'])
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fingerprint } from '../../../server/auth/secrets.ts'
import type { Check } from '../../../server/protocol.ts'
import { createSeonIdvReceiver } from '../../../server/vendors/seon-idv.ts'
import type { ReportDraft } from '../../../server/verification/report.ts'
import { bytes, deliver, hex, readFixture } from './deliveries.ts'

const receiver = createSeonIdvReceiver({
  secrets: ['webhook secret'],
  licenseKeys: [{ key: 'licence', environment: 'sandbox' }],
  environment: 'live',
})

function parse(fields: object, event = 'idv/session_finished'): ReportDraft {
  const [draft] = receiver.parse(bytes({ event, data: fields })).reports
  assert.ok(draft)
  return draft
}

function check(group: Check['group'], name: string, result: Check['result']): Check {
  return { group, name, result }
}

const fixtures: Record<string, ReportDraft> = {
  'session-approved': {
    kind: 'report',
    subject: { type: 'session', id: '9f1e2d3c-4b5a-4968-8776-5a4b3c2d1e04' },
    event: 'idv/session_finished',
    occurredAt: Date.UTC(2026, 3, 11, 16, 20),
    status: 'approved',
    userId: 'member-2041',
    startedAt: Date.UTC(2026, 3, 11, 16, 15, 30),
    checks: [
      check('document', 'overall', 'pass'),
      check('document', 'match', 'pass'),
      check('document', 'logic', 'pass'),
      check('document', 'securityFeatures', 'pass'),
      check('document', 'nameMatch', 'pass'),
      check('document', 'dateOfBirth', 'not_performed'),
      check('selfie', 'overall', 'pass'),
      check('liveness', 'overall', 'pass'),
      check('face_match', 'overall', 'pass'),
      check('address', 'overall', 'pass'),
      check('address', 'addressDocumentMustNotBeExpired', 'pass'),
      check('data', 'documentExtraction', 'pass'),
      check('data', 'addressExtraction', 'pass'),
      check('duplicates', 'overall', 'pass'),
    ],
    detail: 'APPROVED',
  },
  'session-review': {
    kind: 'report',
    subject: { type: 'session', id: '1a2b3c4d-5e6f-4071-8293-a4b5c6d7e805' },
    event: 'idv/session_finished',
    occurredAt: Date.UTC(2026, 3, 12, 7, 5, 12),
    status: 'review',
    userId: 'member-2042',
    startedAt: Date.UTC(2026, 3, 12, 7, 1),
    checks: [
      check('document', 'overall', 'review'),
      check('document', 'match', 'review'),
      check('document', 'imageQuality', 'fail'),
      check('selfie', 'overall', 'pass'),
      check('liveness', 'overall', 'pass'),
      check('face_match', 'overall', 'pass'),
      check('data', 'documentExtraction', 'pass'),
      check('duplicates', 'overall', 'review'),
    ],
    detail: 'REVIEW',
    flags: ['duplicates_found'],
  },
  'legacy-session-finished': {
    kind: 'report',
    subject: { type: 'session', id: 'leg-55aa' },
    event: 'idv:session_finished',
    occurredAt: Date.UTC(2026, 3, 13, 10),
    status: 'abandoned',
    userId: 'member-3003',
    startedAt: Date.UTC(2026, 3, 13, 9, 50),
    checks: [
      check('document', 'overall', 'pass'),
      check('document', 'documentValidity', 'pass'),
      check('document', 'imageQuality', 'pass'),
      check('liveness', 'overall', 'not_performed'),
      check('face_match', 'overall', 'fail'),
      check('address', 'overall', 'not_performed'),
      check('data', 'documentExtraction', 'pass'),
      check('duplicates', 'overall', 'review'),
    ],
    detail: 'ABANDONED',
    flags: ['duplicates_found'],
  },
  'legacy-status-updated': {
    kind: 'report',
    subject: { type: 'session', id: 'leg-55aa' },
    event: 'idv:session_status_updated',
    occurredAt: Date.UTC(2026, 3, 13, 15, 30),
    status: 'approved',
    corrects: true,
    userId: 'member-3003',
    detail: 'APPROVED',
  },
}

describe('SEON IDV', () => {
  for (const [name, draft] of Object.entries(fixtures)) {
    it(`reads ${name}`, () => {
      assert.deepEqual(receiver.parse(readFixture(`seon-idv/${name}`)), {
        event: draft.event,
        recognised: true,
        reports: [draft],
      })
    })
  }

  it('takes nothing of the person but the user id', () => {
    for (const name of Object.keys(fixtures)) {
      const drafts = JSON.stringify(receiver.parse(readFixture(`seon-idv/${name}`)).reports)
      assert.doesNotMatch(
        drafts,
        /brookhaven|ashdown|wetherby|example\.com|ZX0099887|QQ-77|1979|99501|LANE|NATIONAL_ID|DRIVERS|15550100|"SE"|"CA"/i,
      )
    }
  })

  it('finds the same fields in every form of the payload', () => {
    const camel = { sessionId: 's', executionId: 'e', userId: 'u', status: 'PASS', startedAt: '2026-01-01T00:00:00Z' }
    const snake = {
      session_id: 's',
      execution_id: 'e',
      user_id: 'u',
      status: 'PASS',
      started_at: '2026-01-01T00:00:00Z',
    }
    const event = 'idv:session_finished'
    const expected = parse(camel, event)
    assert.deepEqual(parse(snake, event), expected)
    for (const fields of [camel, snake]) {
      assert.deepEqual(receiver.parse(bytes({ event, ...fields })).reports, [expected])
    }
  })

  it('reads results as words, flags, objects and lists', () => {
    const read = (result: unknown) => parse({ liveness_result: result }).checks?.[0]?.result
    for (const word of [
      'PASS',
      'PASSED',
      'passed',
      'APPROVED',
      true,
      { result: 'PASS' },
      { overall_result: 'APPROVED' },
    ]) {
      assert.equal(read(word), 'pass', JSON.stringify(word))
    }
    for (const word of ['FAIL', 'FAILED', 'DECLINED', false, { status: 'FAILED' }]) assert.equal(read(word), 'fail')
    for (const word of ['NOT_PERFORMED', 'not performed', 'ABANDONED']) assert.equal(read(word), 'not_performed')
    for (const word of ['', 'MAYBE', 3, { result: 'MAYBE' }]) assert.equal(read(word), 'unknown', JSON.stringify(word))
    const listed = parse({
      document_check_results: [
        { name: 'photo_forgery', result: 'FAILED' },
        'x',
        { name: 'Ada Example', result: 'PASS' },
      ],
    })
    assert.deepEqual(listed.checks, [check('document', 'photoForgery', 'fail')])
  })

  it('keeps an unknown result of a known check, and takes no data for a check', () => {
    const { checks } = parse({
      documentCheckResult: {
        overallResult: 'ESCALATED',
        hologramCheckResult: 'SHINY',
        fullName: 'Ada Example',
        score: 12,
      },
    })
    assert.deepEqual(checks, [check('document', 'overall', 'unknown'), check('document', 'hologram', 'unknown')])
  })

  it('says that nothing was extracted where nothing was', () => {
    const { checks } = parse({ documentCheckExtractedData: { fullName: null, address: '' } })
    assert.deepEqual(checks, [check('data', 'documentExtraction', 'not_performed')])
  })

  it('claims a status for a session only', () => {
    const onRun = parse({ executionId: 'run-1', status: 'APPROVED', liveness_result: 'PASS' })
    assert.deepEqual(onRun.subject, { type: 'run', id: 'run-1' })
    assert.equal(onRun.status, undefined)
    const onUser = parse({ userId: 'u', status: 'APPROVED' })
    assert.deepEqual(onUser.subject, { type: 'user', id: 'u' })
    assert.equal(onUser.status, undefined)
    assert.equal(parse({ status: 'APPROVED' }).subject, null)
  })

  it('keeps the checks of a session whose status it does not know', () => {
    const draft = parse({ sessionId: 's', status: 'ESCALATED', livenessResult: 'PASS' })
    assert.equal(draft.kind, 'unrecognised')
    assert.equal(draft.detail, 'ESCALATED')
    assert.deepEqual(draft.checks, [check('liveness', 'overall', 'pass')])
  })

  it('takes exactly one of SEON-Signature and Digest', () => {
    const body = readFixture('seon-idv/session-approved')
    const verify = (...headers: string[]) => receiver.verify(deliver(body, ...headers))
    const signature = hex(body, 'webhook secret')
    const live = { ok: true, environment: 'live', secretId: fingerprint('webhook secret') }
    assert.deepEqual(verify('SEON-Signature', signature), live)
    assert.deepEqual(verify('Digest', `SHA-256=${signature}`), live)
    const licensed = { ok: true, environment: 'sandbox', secretId: fingerprint('licence') }
    assert.deepEqual(verify('Digest', `SHA-256=${hex(body, 'licence')}`), licensed)
    assert.deepEqual(verify('SEON-Signature', hex(body, 'licence')), {
      ok: false,
      outcome: 'quarantined',
      reason: 'sig_mismatch',
    })
    assert.deepEqual(verify('SEON-Signature', signature, 'Digest', `SHA-256=${signature}`), {
      ok: false,
      outcome: 'rejected',
      reason: 'sig_duplicate',
    })
    assert.deepEqual(verify(), { ok: false, outcome: 'rejected', reason: 'sig_missing' })
  })

  it('reads what its neighbour reads, as only the first of two copies is processed', () => {
    const parsed = receiver.parse(readFixture('seon/execution-finished'))
    assert.equal(parsed.recognised, true)
    assert.equal(parsed.reports[0]?.subject?.type, 'run')
    assert.equal(parsed.reports[0]?.status, 'approved')
  })
})

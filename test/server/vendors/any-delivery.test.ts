import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { createIncodeReceiver } from '../../../server/vendors/incode.ts'
import { type ParsedDelivery, type Receiver, UnreadableError } from '../../../server/vendors/receiver.ts'
import { createSeonReceiver } from '../../../server/vendors/seon.ts'
import { createSeonFraudReceiver } from '../../../server/vendors/seon-fraud.ts'
import { createSeonIdvReceiver } from '../../../server/vendors/seon-idv.ts'
import { bytes, NAUGHTY } from './deliveries.ts'

const environment = 'sandbox'
const receivers: readonly Receiver[] = [
  createSeonReceiver({ secrets: ['secret'], environment }),
  createSeonIdvReceiver({ secrets: ['secret'], licenseKeys: [], environment }),
  createSeonFraudReceiver({ licenseKeys: [{ key: 'secret', environment }] }),
  createIncodeReceiver({ environment, tokens: null, header: { name: 'x', value: 'secret' }, confirms: true }),
]

const EVENTS = [
  'orchestration/workflow_execution_finished',
  'orchestration:workflow_execution_updated',
  'transaction/processed',
  'idv/session_finished',
  'idv:session_status_updated',
  'transaction:status_update',
  'lists:blacklist-whitelist',
  'lists:customlist',
  'aml:person_updates',
  'aml:entity_updates',
  'ping',
]

const FIELDS = `id status state workflow executionId userId user_id sessionId session_id user timestamp date data
  transactions values data_field value changes hash timeline documentCheckResult document_check_results
  selfieVerificationResult liveness_result overallResult duplicatesFound duplicate_detection dataExtractionResult startedAt
  interviewId onboardingStatus externalCustomerId flowId __proto__ constructor check name result`.split(/\s+/)

const WORDS = [
  'APPROVED',
  'DECLINE',
  'REVIEW',
  'PASS',
  'REOPENED',
  'EXPIRED',
  'MANUAL_REVIEW_APPROVED',
  '2026-01-01T00:00:00Z',
]

/** JSON made of the vendors' own fields, with anything in them. */
const { payload } = fc.letrec<{ payload: Record<string, unknown>; value: unknown }>((tie) => ({
  payload: fc.dictionary(fc.oneof(fc.constantFrom(...FIELDS), fc.string({ unit: 'binary' })), tie('value'), {
    maxKeys: 12,
  }),
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(
      fc.constantFrom(...WORDS, ...NAUGHTY),
      fc.string({ unit: 'binary' }),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
    ),
    tie('payload'),
    fc.array(tie('value'), { maxLength: 4 }),
  ),
}))

/** Mostly these words; now and then what trips programs up. */
function oneOf(...words: string[]) {
  return fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...words) }, fc.constantFrom(...NAUGHTY))
}

const delivery = fc
  .record({
    event: oneOf(...EVENTS),
    status: oneOf(...WORDS),
    id: oneOf('an-id'),
    fields: payload,
    data: fc.option(payload),
  })
  .map(({ event, status, id, fields, data }) =>
    bytes({
      interviewId: id,
      onboardingStatus: status,
      ...fields,
      event,
      ...(data !== null && { data: { id, status, ...data, values: [data], transactions: [data] } }),
    }),
  )

/** What was parsed, or null for the one error that may be thrown. */
function parse(receiver: Receiver, body: Uint8Array): ParsedDelivery | null {
  try {
    return receiver.parse(body)
  } catch (error) {
    assert.ok(error instanceof UnreadableError, String(error))
    return null
  }
}

function assertSound({ event, recognised, reports }: ParsedDelivery): void {
  assert.ok(event.length > 0 && event.length <= 200)
  assert.ok(recognised || reports.every(({ kind }) => kind === 'unrecognised'))
  const texts = [event]
  for (const report of reports) {
    assert.ok(report.kind === 'report' || report.status === undefined, 'what we do not understand claims nothing')
    assert.ok(report.status === undefined || report.subject !== null, 'a status is somebody’s')
    assert.ok(report.occurredAt === null || Number.isSafeInteger(report.occurredAt))
    assert.ok((report.detail ?? '').length <= 200)
    texts.push(report.event, ...(report.checks ?? []).map(({ name }) => name))
    for (const text of [report.detail, report.subject?.id, report.userId, report.executionId, report.workflow]) {
      if (text !== undefined) texts.push(text)
    }
  }
  for (const text of texts) {
    assert.ok(text.isWellFormed() && !/\p{Cc}/u.test(text), JSON.stringify(text))
  }
}

describe('every receiver, whatever it is sent', () => {
  it('B1 rows 20–25: reads it or says that it is unreadable; what it says is sound and says the same again', () => {
    fc.assert(
      fc.property(fc.constantFrom(...receivers), delivery, (receiver, body) => {
        const parsed = parse(receiver, body)
        if (parsed !== null) assertSound(parsed)
        assert.deepEqual(parse(receiver, body), parsed)
      }),
      { numRuns: 1000 },
    )
  })

  it('B1 rows 20, 25: throws nothing but UnreadableError on any bytes and any JSON', () => {
    fc.assert(
      fc.property(fc.constantFrom(...receivers), fc.oneof(fc.uint8Array(), fc.json().map(bytes)), (receiver, body) => {
        parse(receiver, body)
      }),
    )
  })

  it('verifies nothing by chance and never throws on any headers', async () => {
    const header = fc.constantFrom('SEON-Signature', 'Digest', 'Authorization', 'x', '__proto__', ...NAUGHTY)
    const value = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^(SHA-256=|Bearer )?[0-9a-f]{64}$/))
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...receivers),
        fc.uint8Array(),
        fc.array(fc.tuple(header, value), { maxLength: 4 }),
        async (receiver, body, headers) => {
          fc.pre(!headers.some(([, text]) => text === 'secret'))
          assert.equal((await receiver.verify({ body, rawHeaders: headers.flat() })).ok, false)
        },
      ),
    )
  })
})

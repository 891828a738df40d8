import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createIncodeTokens } from '../../../server/auth/incode-token.ts'
import { fingerprint } from '../../../server/auth/secrets.ts'
import { DECIDED_STATUSES, type Status } from '../../../server/protocol.ts'
import { createIncodeReceiver } from '../../../server/vendors/incode.ts'
import type { ReportDraft } from '../../../server/verification/report.ts'
import { bytes, deliver, NAUGHTY, readFixture } from './deliveries.ts'

const interview = { type: 'interview', id: '66a0b1c2d3e4f5a6b7c8d901' } as const
const tokens = createIncodeTokens({ client: { id: 'incode', secret: 'client secret' }, key: Buffer.alloc(32, 1) })
const header = { name: 'x-hook-key', value: 'a long random value' }
const refused = { ok: false, outcome: 'rejected', reason: 'bearer_bad' }
const body = readFixture('incode/onboarding-finished')

function receiver(options: Partial<Parameters<typeof createIncodeReceiver>[0]> = {}) {
  return createIncodeReceiver({ environment: 'live', tokens: null, header: null, confirms: false, ...options })
}

function draftOf(fields: object, confirms = false): ReportDraft {
  const [draft] = receiver({ confirms }).parse(bytes(fields)).reports
  assert.ok(draft)
  return draft
}

const fixtures: Record<string, ReportDraft> = {
  'onboarding-finished': {
    kind: 'report',
    subject: interview,
    event: 'ONBOARDING_FINISHED',
    occurredAt: null,
    status: 'finished',
    userId: 'Member#0815',
  },
  'manual-review-approved': {
    kind: 'report',
    subject: interview,
    event: 'MANUAL_REVIEW_APPROVED',
    occurredAt: null,
    status: 'approved',
    userId: 'Member#0815',
    workflow: '66a0b1c2d3e4f5a6b7c8d9ff',
  },
}

const statuses: Record<string, Status> = {
  UNKNOWN: 'created',
  ID_VALIDATION_FINISHED: 'processing',
  ID_VALIDATION_FINISHED_SECOND_ID: 'processing',
  GOVERNMENT_VALIDATION_FINISHED: 'processing',
  FACE_VALIDATION_FINISHED: 'processing',
  POST_PROCESSING_FINISHED: 'processing',
  POST_PROCESSING_FINISHED_SECOND_ID: 'processing',
  ONBOARDING_FINISHED: 'finished',
  MANUAL_REVIEW_APPROVED: 'approved',
  MANUAL_REVIEW_REJECTED: 'declined',
  EXPIRED: 'expired',
}

describe('Incode, what it says', () => {
  for (const [name, draft] of Object.entries(fixtures)) {
    it(`reads ${name}`, () => {
      const parsed = receiver().parse(readFixture(`incode/${name}`))
      assert.deepEqual(parsed, { event: draft.event, recognised: true, reports: [draft] })
    })
  }

  for (const [onboardingStatus, status] of Object.entries(statuses)) {
    it(`takes ${onboardingStatus} for ${status}`, () => {
      assert.equal(draftOf({ interviewId: 'i', onboardingStatus }).status, status)
    })
  }

  it('B1 row 28: with the API configured, its decisions wait for confirmation; without it they stand', () => {
    for (const [onboardingStatus, status] of Object.entries(statuses)) {
      const decides = DECIDED_STATUSES.some((decided) => decided === status)
      assert.equal(draftOf({ interviewId: 'i', onboardingStatus }, true).unconfirmed, decides ? true : undefined)
      assert.equal(draftOf({ interviewId: 'i', onboardingStatus }, false).unconfirmed, undefined)
    }
  })

  it('B1 row 20: keeps a status it does not know as unrecognised', () => {
    const parsed = receiver().parse(bytes({ interviewId: 'i', onboardingStatus: 'WATCHLIST_FINISHED' }))
    assert.deepEqual(parsed, {
      event: 'WATCHLIST_FINISHED',
      recognised: false,
      reports: [
        {
          kind: 'unrecognised',
          subject: { type: 'interview', id: 'i' },
          event: 'WATCHLIST_FINISHED',
          occurredAt: null,
        },
      ],
    })
    for (const word of ['onboarding_finished', 'EXPIRED ', 'toString', '__proto__']) {
      assert.equal(draftOf({ interviewId: 'i', onboardingStatus: word }).status, undefined)
    }
  })

  it('B1 row 20: without a status it is unreadable, without an interview it is nobody', () => {
    for (const onboardingStatus of [undefined, null, 3, {}, '', '\u0000']) {
      assert.throws(() => receiver().parse(bytes({ interviewId: 'i', onboardingStatus })), { code: 'no_event' })
    }
    for (const interviewId of [undefined, null, '', {}, 1.5, 'a\u0000b']) {
      const draft = draftOf({ interviewId, onboardingStatus: 'EXPIRED' })
      assert.equal(draft.subject, null)
      assert.equal(draft.kind, 'unrecognised')
    }
  })
})

describe('Incode, who says it', () => {
  it('takes a token of ours, or the static header, and says which', async () => {
    const both = receiver({ tokens, header, environment: 'sandbox' })
    const { access_token: token } = await tokens.issue()
    const byToken = { ok: true, environment: 'sandbox', secretId: tokens.keyId }
    assert.deepEqual(await both.verify(deliver(body, 'Authorization', `Bearer ${token}`)), byToken)
    assert.deepEqual(await both.verify(deliver(body, 'authorization', `bearer ${token}`)), byToken)
    const byHeader = { ok: true, environment: 'sandbox', secretId: fingerprint(header.value) }
    assert.deepEqual(await both.verify(deliver(body, 'X-Hook-Key', header.value)), byHeader)
    assert.deepEqual(both.accepted, { success: true })
    assert.equal(both.answersPing, false)
  })

  it('takes a static Authorization header too', async () => {
    const door = receiver({ header: { name: 'authorization', value: 'Bearer fixed' } })
    assert.equal((await door.verify(deliver(body, 'Authorization', 'Bearer fixed'))).ok, true)
    assert.deepEqual(await door.verify(deliver(body, 'Authorization', 'Bearer other')), refused)
  })

  it('B1 row 2: without token endpoint and header the door is not configured', async () => {
    for (const closed of [receiver(), receiver({ header: { name: 'x-hook-key', value: ' ' } })]) {
      const verdict = await closed.verify(deliver(body, 'Authorization', 'Bearer x', 'X-Hook-Key', ''))
      assert.deepEqual(verdict, { ok: false, outcome: 'not_configured' })
    }
  })

  it('B1 row 7: refuses two Authorization headers, of which the first would win silently', async () => {
    const door = receiver({ tokens, header })
    const { access_token: token } = await tokens.issue()
    const duplicate = { ok: false, outcome: 'rejected', reason: 'sig_duplicate' }
    const good = `Bearer ${token}`
    assert.deepEqual(await door.verify(deliver(body, 'Authorization', good, 'Authorization', 'Bearer x')), duplicate)
    assert.deepEqual(
      await door.verify(deliver(body, 'X-Hook-Key', header.value, 'x-hook-key', header.value)),
      duplicate,
    )
  })

  it('B1 row 33: refuses an absent, malformed or foreign bearer', async () => {
    const door = receiver({ tokens, header })
    const { access_token: token } = await tokens.issue()
    assert.deepEqual(await door.verify(deliver(body)), refused)
    for (const value of [
      '',
      'Bearer',
      'Bearer ',
      token,
      `Basic ${token}`,
      `Bearer ${token} `,
      `Bearer ${token},`,
      `Bearer a${token}`,
      ...NAUGHTY,
    ]) {
      assert.deepEqual(await door.verify(deliver(body, 'Authorization', value)), refused, value.slice(0, 40))
    }
    for (const value of ['', `${header.value} `, header.value.slice(1), header.value.toUpperCase(), ...NAUGHTY]) {
      assert.deepEqual(await door.verify(deliver(body, header.name, value)), refused)
    }
  })
})

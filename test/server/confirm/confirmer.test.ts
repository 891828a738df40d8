import assert from 'node:assert/strict'
import { it } from 'node:test'
import { pino } from 'pino'
import { createConfirmations } from '../../../server/confirm/confirmations.ts'
import { createConfirmer } from '../../../server/confirm/confirmer.ts'
import { createIds } from '../../../server/ids.ts'
import { createInbox } from '../../../server/inbox/inbox.ts'
import { createProcessor } from '../../../server/inbox/processor.ts'
import type { VerificationDetail } from '../../../server/protocol.ts'
import { openStore } from '../../../server/store/engine/open-store.ts'
import type { Store } from '../../../server/store/engine/store.ts'
import { createKeyedHash } from '../../../server/store/keyed-hash.ts'
import { rebuild } from '../../../server/store/projection/rebuild.ts'
import { readDetail } from '../../../server/store/reading/verifications.ts'
import { createIncodeReceiver } from '../../../server/vendors/incode.ts'
import { createIncodeApi } from '../../../server/vendors/incode-api.ts'
import { verificationId } from '../../../server/verification/identity.ts'
import { startIncode } from '../../helpers/incode.ts'
import { describeStores } from '../../helpers/stores.ts'

const SECOND = 1000
const HOUR = 3_600_000
const DAY = 24 * HOUR
const INTERVIEW = '66a0b1c2d3e4f5a6b7c8d901'
const ID = verificationId({ environment: 'sandbox', vendor: 'incode', vendorId: INTERVIEW })

/** A node on a store, with a clock of its own that the test moves. */
function createNode(store: Store, url: string, clock = { now: Date.parse('2026-11-20T10:00:00Z') }) {
  const log = pino({ level: 'silent' })
  const now = () => clock.now
  const newId = createIds(now)
  const receiver = createIncodeReceiver({ environment: 'sandbox', tokens: null, header: null, confirms: true })
  const inbox = createInbox({ store, hash: createKeyedHash(Buffer.alloc(32, 1)), newId, now })
  const processor = createProcessor({ store, receivers: { incode: receiver }, log, now })
  const confirmations = createConfirmations({ store, environment: 'sandbox', newId, now, random: () => 1 })
  const api = createIncodeApi({ url, key: 'key', token: 'token', timeoutMs: 2 * SECOND })
  const confirmer = createConfirmer({ store, confirmations, api, log })
  return {
    clock,
    store,
    confirmations,
    confirmer,
    async deliver(onboardingStatus: string, interviewId = INTERVIEW) {
      const body = Buffer.from(JSON.stringify({ interviewId, onboardingStatus }))
      await inbox.append({
        source: 'incode',
        environment: 'sandbox',
        body,
        secretId: 's',
        messageId: null,
        peer: 'p',
      })
      await processor.drain()
    },
    async read(): Promise<VerificationDetail> {
      const detail = await readDetail(store.db, ID)
      assert.ok(detail)
      return detail
    },
  }
}

type Node = ReturnType<typeof createNode>

async function readStatus(node: Node): Promise<string> {
  return (await node.read()).status
}

/** What the API was heard to say, oldest first. */
async function readAnswers(node: Node): Promise<string[]> {
  const { timeline } = await node.read()
  return timeline.flatMap(({ event = '', status }) => (event.startsWith('api:') ? [status ?? event] : []))
}

describeStores('confirming Incode', (stores) => {
  async function start() {
    const incode = await startIncode()
    const node = createNode(await stores.open(), incode.url)
    return { incode, node }
  }

  it('reads the verdict after ONBOARDING_FINISHED, and never calls finish-status', async () => {
    const { incode, node } = await start()
    incode.interviews.set(INTERVIEW, { onboardingStatus: 'ONBOARDING_FINISHED', score: 'OK' })
    await node.deliver('ONBOARDING_FINISHED')
    assert.equal(await readStatus(node), 'finished')
    await node.confirmer.drain()
    const detail = await node.read()
    assert.equal(detail.status, 'approved')
    assert.equal(detail.decidedAt, '2026-11-20T10:00:00.000Z', 'decided when the API said so')
    assert.equal(detail.provenance['status'], 'api:status')
    assert.deepEqual(incode.paths, ['/omni/get/onboarding/status', '/omni/get/score'])
    node.clock.now += 30 * DAY
    await node.confirmer.drain()
    assert.equal(incode.paths.length, 2, 'what is decided is not asked again')
    await rebuild(node.store, () => node.clock.now)
    assert.equal(await readStatus(node), 'approved', 'a rebuild keeps what the API said')
  })

  it('B1 row 28: takes no decision from a webhook alone, in whatever order they come', async () => {
    for (const words of [
      ['MANUAL_REVIEW_APPROVED'],
      ['MANUAL_REVIEW_APPROVED', 'ONBOARDING_FINISHED'],
      ['ONBOARDING_FINISHED', 'MANUAL_REVIEW_REJECTED', 'MANUAL_REVIEW_APPROVED'],
    ]) {
      const { incode, node } = await start()
      incode.interviews.set(INTERVIEW, { onboardingStatus: 'FACE_VALIDATION_FINISHED' })
      for (const word of words) await node.deliver(word)
      assert.equal(await readStatus(node), 'finished')
      await node.confirmer.drain()
      assert.equal(await readStatus(node), 'finished', 'the API knows of no decision')
      assert.deepEqual((await node.read()).flags, [])
      incode.interviews.set(INTERVIEW, { onboardingStatus: 'MANUAL_REVIEW_REJECTED' })
      node.clock.now += DAY
      await node.confirmer.drain()
      assert.equal(await readStatus(node), 'declined')
    }
  })

  it('asks again when a manual result comes later, also one that was dropped as a repetition', async () => {
    const { incode, node } = await start()
    const play = async (word: string, score?: string) => {
      incode.interviews.set(INTERVIEW, { onboardingStatus: word, ...(score !== undefined && { score }) })
      await node.deliver(word)
      node.clock.now += 31 * SECOND
      await node.confirmer.drain()
    }
    await play('ONBOARDING_FINISHED', 'MANUAL')
    assert.equal(await readStatus(node), 'review')
    await play('MANUAL_REVIEW_APPROVED')
    assert.equal(await readStatus(node), 'approved')
    await play('MANUAL_REVIEW_REJECTED')
    assert.equal(await readStatus(node), 'declined')
    await play('MANUAL_REVIEW_APPROVED')
    assert.equal(await readStatus(node), 'approved')
    assert.deepEqual(await readAnswers(node), ['review', 'approved', 'declined', 'approved'])
    assert.deepEqual((await node.read()).flags, [])
  })

  it('goes on asking about a review, whose webhook may get lost, and keeps an answer once', async () => {
    const { incode, node } = await start()
    incode.interviews.set(INTERVIEW, { onboardingStatus: 'ONBOARDING_FINISHED', score: 'WARN' })
    await node.deliver('ONBOARDING_FINISHED')
    for (let hour = 0; hour < 24; hour++) {
      await node.confirmer.drain()
      node.clock.now += HOUR
    }
    assert.deepEqual(await readAnswers(node), ['review'])
    incode.interviews.set(INTERVIEW, { onboardingStatus: 'MANUAL_REVIEW_APPROVED' })
    node.clock.now += 6 * HOUR
    await node.confirmer.drain()
    assert.deepEqual(await readAnswers(node), ['review', 'approved'])
    assert.equal(await readStatus(node), 'approved')
  })

  it('finds the end of an interview whose webhooks stopped coming', async () => {
    const { incode, node } = await start()
    incode.interviews.set(INTERVIEW, { onboardingStatus: 'ONBOARDING_FINISHED', score: 'FAIL' })
    await node.deliver('ID_VALIDATION_FINISHED')
    await node.confirmer.drain()
    assert.deepEqual(incode.paths, [], 'the next webhook is to say more')
    node.clock.now += HOUR
    await node.confirmer.drain()
    assert.equal(await readStatus(node), 'declined')
  })

  it('finds UNKNOWN, and says once that Incode does not know an interview', async () => {
    const { incode, node } = await start()
    await node.deliver('ONBOARDING_FINISHED')
    for (let index = 0; index < 5; index++) {
      await node.confirmer.drain()
      node.clock.now += HOUR
    }
    assert.ok(incode.paths.length >= 5)
    incode.interviews.set(INTERVIEW, { onboardingStatus: 'UNKNOWN' })
    await node.confirmer.drain()
    assert.deepEqual(await readAnswers(node), ['api:unknown', 'created'])
    assert.equal(await readStatus(node), 'finished', 'nothing moves backwards')
  })

  it('asks for three days where Incode does not answer, less and less often, and again after a new claim', async () => {
    const { incode, node } = await start()
    incode.interviews.set(INTERVIEW, { onboardingStatus: 'ONBOARDING_FINISHED', score: 'OK' })
    incode.failing = 401
    await node.deliver('ONBOARDING_FINISHED')
    const triedAt: number[] = []
    for (let minute = 0; minute < 4 * 24 * 60; minute += 10) {
      const before = incode.paths.length
      await node.confirmer.drain()
      if (incode.paths.length > before) triedAt.push(minute)
      node.clock.now += 10 * 60 * SECOND
    }
    const last = triedAt.at(-1) ?? 0
    assert.ok(last > 2.9 * 24 * 60 && last <= 3 * 24 * 60 + 10, `last tried after ${last} minutes`)
    assert.ok(triedAt.length < 30, `${triedAt.length} tries`)
    assert.equal(await readStatus(node), 'finished')
    incode.failing = null
    node.clock.now += DAY
    await node.confirmer.drain()
    assert.equal(await readStatus(node), 'finished', 'given up')
    await node.deliver('ONBOARDING_FINISHED')
    node.clock.now += 31 * SECOND
    await node.confirmer.drain()
    assert.equal(await readStatus(node), 'approved')
  })

  it('asks each question on one node, and takes over from one that died while asking', async () => {
    const incode = await startIncode()
    const url = await stores.createUrl()
    const first = await openStore(url)
    const a = createNode(first, incode.url)
    const ids = Array.from({ length: 30 }, (_, index) => `interview-${index}`)
    for (const id of ids) {
      incode.interviews.set(id, { onboardingStatus: 'MANUAL_REVIEW_APPROVED' })
      await a.deliver('MANUAL_REVIEW_APPROVED', id)
    }
    const [lost] = await a.confirmations.claim(1)
    assert.ok(lost)
    const shared = first.engine === 'postgres'
    // A SQLite file has one server; the next one opens it after the last is gone.
    if (!shared) await first.close()
    const second = await openStore(url)
    const b = createNode(second, incode.url, a.clock)
    await Promise.all([shared ? a.confirmer.drain() : undefined, b.confirmer.drain()])
    assert.equal(incode.paths.length, ids.length - 1, 'no question was asked twice')
    a.clock.now += 61 * SECOND
    await b.confirmer.drain()
    assert.equal(incode.paths.length, ids.length)
    const open = await second.db.selectFrom('verifications').select('id').where('status', '!=', 'approved').execute()
    assert.deepEqual(open, [])
    // The dead node wakes up with its old answer: what was asked later stands.
    incode.interviews.set(lost.interviewId, { onboardingStatus: 'MANUAL_REVIEW_REJECTED' })
    await b.deliver('MANUAL_REVIEW_REJECTED', lost.interviewId)
    await b.confirmer.drain()
    await createNode(second, incode.url, a.clock).confirmations.settle(lost, 'approved')
    assert.equal((await readDetail(second.db, lost.verificationId))?.status, 'declined')
    if (shared) await first.close()
    await second.close()
  })

  it('is not deceived by a node whose clock is a day ahead', async () => {
    const { incode, node } = await start()
    const ahead = createNode(node.store, incode.url, { now: node.clock.now + DAY })
    incode.interviews.set(INTERVIEW, { onboardingStatus: 'MANUAL_REVIEW_APPROVED' })
    await ahead.deliver('MANUAL_REVIEW_APPROVED')
    await ahead.confirmer.drain()
    assert.equal(await readStatus(node), 'approved')
    incode.interviews.set(INTERVIEW, { onboardingStatus: 'MANUAL_REVIEW_REJECTED' })
    await node.deliver('MANUAL_REVIEW_REJECTED')
    await node.confirmer.drain()
    assert.equal(await readStatus(node), 'declined')
  })
})

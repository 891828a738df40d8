import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import { after, before, it } from 'node:test'
import { sign } from '../../../server/vendors/signature.ts'
import { listen, stop } from '../../helpers/listen.ts'
import { describeStores } from '../../helpers/stores.ts'
import { tell } from './helpers/create-bench.ts'
import {
  assertAccepted,
  assertDiscreet,
  assertRefused,
  DOORS,
  type DoorName,
  type Doors,
  startDoors,
  WEBHOOK_SECRET,
} from './helpers/start-doors.ts'

const json = ['Content-Type', 'application/json']

let runs = 0
/** A run that nobody else in this file speaks of. */
const newRun = () => `canary-run-${++runs}`

/** An event that this door's vendor might send. */
function eventOf(door: DoorName): Buffer {
  if (door === 'incode') {
    return Buffer.from(JSON.stringify({ interviewId: newRun(), onboardingStatus: 'ONBOARDING_FINISHED' }))
  }
  if (door === 'seon-fraud') {
    const data = { transactions: [{ id: newRun(), state: 'APPROVE' }] }
    return Buffer.from(JSON.stringify({ event: 'transaction:status_update', date: '2026-11-01T10:00:00Z', data }))
  }
  if (door === 'seon-idv') {
    const data = { sessionId: newRun(), userId: 'canary-user', status: 'APPROVED' }
    return Buffer.from(JSON.stringify({ event: 'idv/session_finished', timestamp: '2026-11-01T10:00:00Z', data }))
  }
  return tell('APPROVED', { run: newRun() })
}

const hex = (body: Uint8Array, secret = WEBHOOK_SECRET) => sign(body, secret).toString('hex')

describeStores('webhook doors', (stores) => {
  let doors: Doors
  before(async () => {
    doors = await startDoors({ DATABASE_URL: await stores.createUrl() })
  })
  after(() => doors.close())

  it('take what is proven, store it and then say so, in the words of its vendor', async () => {
    for (const door of DOORS) {
      const body = eventOf(door)
      const [delivery, ...others] = await doors.arrivals(async () => {
        const answer = await doors.send(`/webhooks/${door}`, body, [...json, ...doors.prove(door, body)])
        assertAccepted(answer, door === 'incode' ? { success: true } : { received: true })
      })
      assert.deepEqual([delivery?.source, delivery?.bytes, others.length], [door, body.byteLength, 0])
      const settled = await doors.settled(delivery?.id ?? '')
      assert.deepEqual([settled.outcome, settled.body], ['accepted', body.toString()])
    }
  })

  /** Posts to SEON's door and tells what became of it: answered 401, listed once, without its body unless kept. */
  async function refuse(rawHeaders: readonly string[], body = eventOf('seon'), door: DoorName = 'seon') {
    const [delivery, ...others] = await doors.arrivals(async () => {
      assertRefused(await doors.send(`/webhooks/${door}`, body, [...json, ...rawHeaders]), 401, 'unauthorized')
    })
    assert.equal(others.length, 0)
    return [delivery?.outcome, delivery?.reason]
  }

  it('B1 row 1: refuse what shows no signature', async () => {
    for (const door of DOORS) {
      const reason = door === 'incode' ? 'bearer_bad' : 'sig_missing'
      assert.deepEqual(await refuse([], eventOf(door), door), ['rejected', reason])
    }
  })

  it('B1 row 3: refuse what is signed with another secret, and keep it for a while', async () => {
    const body = eventOf('seon')
    assert.deepEqual(await refuse(['SEON-Signature', hex(body, 'another')], body), ['quarantined', 'sig_mismatch'])
    assert.deepEqual(await refuse(['X-Incode-Key', 'another'], eventOf('incode'), 'incode'), ['rejected', 'bearer_bad'])
  })

  it('B1 row 5: refuse signatures that are shorter, longer or garbage', async () => {
    const body = eventOf('seon')
    const right = hex(body)
    for (const value of [
      '',
      'x',
      right.slice(1),
      right.slice(2),
      `${right}0`,
      `${right}00`,
      `v1,${right}`,
      `0x${right}`,
    ]) {
      assert.deepEqual(await refuse(['SEON-Signature', value], body), ['rejected', 'sig_malformed'], value.slice(0, 4))
    }
    // Spaces around a value are no part of it (RFC 9110 §5.5).
    assertAccepted(await doors.send('/webhooks/seon', body, ['SEON-Signature', ` ${right.toUpperCase()} `]))
  })

  it('B1 row 6: refuse 64 right digits with junk behind them', async () => {
    const body = eventOf('seon')
    for (const junk of ['zz!!', ' ', 'g', ';', '=', '\u00A0']) {
      const value = `${hex(body)}${junk}${junk === ' ' ? 'x' : ''}`
      assert.deepEqual(await refuse(['SEON-Signature', value], body), ['rejected', 'sig_malformed'])
    }
  })

  it('B1 row 7: refuse two signature headers, even if both are right', async () => {
    const body = eventOf('seon')
    const right = ['SEON-Signature', hex(body)]
    assert.deepEqual(await refuse([...right, ...right], body), ['rejected', 'sig_duplicate'])
    assert.deepEqual(await refuse([...right, 'seon-signature', 'x'], body), ['rejected', 'sig_duplicate'])
    assert.deepEqual(await refuse(['SEON-Signature', `${hex(body)}, ${hex(body)}`], body), [
      'rejected',
      'sig_malformed',
    ])
    const digest = ['Digest', `SHA-256=${hex(body)}`]
    assert.deepEqual(await refuse([...right, ...digest], body, 'seon-idv'), ['rejected', 'sig_duplicate'])
    const shown = doors.prove('incode', body)
    assert.deepEqual(await refuse([...shown, ...shown], eventOf('incode'), 'incode'), ['rejected', 'sig_duplicate'])
  })

  it('B1 row 8: take no list of signatures', async () => {
    const body = eventOf('seon')
    for (const value of [`v1,${hex(body)} v1,x`, `x ${hex(body)}`, `${hex(body)} x`]) {
      assert.deepEqual(await refuse(['SEON-Signature', value], body), ['rejected', 'sig_malformed'])
    }
  })

  it('B1 row 9: take one keyed SHA-256 digest, in hex or base64, and no other', async () => {
    const body = eventOf('seon-fraud')
    const [, right = ''] = doors.prove('seon-fraud', body)
    const base64 = right.slice('SHA-256='.length)
    assertAccepted(await doors.send('/webhooks/seon-fraud', body, ['Digest', right]))
    const inHex = `SHA-256=${Buffer.from(base64, 'base64').toString('hex')}`
    assertAccepted(await doors.send('/webhooks/seon-fraud', body, ['Digest', inHex]))
    for (const value of [base64, `sha-256=${base64}`, `MD5=x,${right}`, `${right},${right}`, 'SHA-256=']) {
      assert.deepEqual(await refuse(['Digest', value], body, 'seon-fraud'), ['rejected', 'sig_malformed'])
    }
    const unkeyed = createHash('sha256').update(body).digest('base64')
    const mismatch = ['quarantined', 'sig_mismatch']
    assert.deepEqual(await refuse(['Digest', `SHA-256=${unkeyed}`], body, 'seon-fraud'), mismatch)
  })

  it('B1 row 12: take signed bytes whatever they are called, or not called', async () => {
    const types = ['', 'text/plain', 'application/json; charset=utf-16', 'multipart/form-data', 'x', 'image/png']
    for (const headers of [[], ...types.map((type) => ['Content-Type', type])]) {
      const body = eventOf('seon')
      const [delivery] = await doors.arrivals(async () => assertAccepted(await doors.post(body, headers)))
      const settled = await doors.settled(delivery?.id ?? '')
      assert.deepEqual([settled.outcome, settled.body], ['accepted', body.toString()])
    }
  })

  it('B1 row 13: treat an empty body as no bytes: unsigned 401, signed a dead letter', async () => {
    const empty = Buffer.alloc(0)
    assert.deepEqual(await refuse([], empty), ['rejected', 'sig_missing'])
    const [delivery, ...others] = await doors.arrivals(async () => {
      assertAccepted(await doors.send('/webhooks/seon', empty, ['SEON-Signature', hex(empty)]))
      const chunked = ['SEON-Signature', hex(empty), 'Transfer-Encoding', 'chunked']
      assertAccepted(await doors.send('/webhooks/seon', null, chunked))
    })
    const settled = await doors.settled(delivery?.id ?? '')
    assert.deepEqual([settled.outcome, settled.reason, settled.bytes], ['dead', 'empty', 0])
    assert.deepEqual(
      others.map((other) => other.outcome),
      ['duplicate'],
    )
  })

  it('B1 row 26: take a captured body again without effect, under the old message id or a new one', async () => {
    const body = eventOf('seon')
    const [first, ...again] = await doors.arrivals(async () => {
      for (const id of ['id-1', 'id-1', 'id-2']) assertAccepted(await doors.post(body, ['Request-Id', id]))
      assertAccepted(await doors.send('/webhooks/seon-idv', body, doors.prove('seon-idv', body)))
    })
    const { verificationId } = await doors.settled(first?.id ?? '')
    const read = () => doors.ask<{ status: string; timeline: unknown[] }>(`/api/verifications/${verificationId}`)
    const before = await read()
    assert.deepEqual([before.status, before.timeline.length], ['approved', 1])
    assert.deepEqual(
      again.map((each) => [each.outcome, each.duplicateOf]),
      [1, 2, 3].map(() => ['duplicate', first?.id]),
    )
    assertAccepted(await doors.post(body, ['Request-Id', 'id-3']))
    assert.deepEqual(await read(), before)
  })

  it('B1 row 27: take another body under a known message id, and flag it', async () => {
    const arrived = await doors.arrivals(async () => {
      for (const status of ['DECLINED', 'APPROVED']) {
        assertAccepted(await doors.post(tell(status, { run: newRun() }), ['Request-Id', 'taken']))
      }
    })
    const settled = await Promise.all(arrived.map(({ id }) => doors.settled(id)))
    assert.deepEqual(
      settled.map(({ outcome, reason }) => [outcome, reason]),
      [
        ['accepted', undefined],
        ['accepted', 'rid_conflict'],
      ],
    )
  })

  it('B1 row 29: answer an unsigned ping, which does nothing; everything like it must be signed', async () => {
    const pings = ['{"event":"ping"}', '{"message":"canary", "event":"ping"}', ' {"event":"ping"}\n']
    const arrived = await doors.arrivals(async () => {
      for (const ping of pings) assertAccepted(await doors.send('/webhooks/seon', Buffer.from(ping), json))
      assertAccepted(await doors.send('/webhooks/seon-fraud', Buffer.from('{"event":"ping"}'), json))
    })
    assert.deepEqual(arrived, [])
    const long = `{"event":"ping","message":"${'x'.repeat(1024)}"}`
    const lookalikes = [
      '{"event":"ping","data":{}}',
      '{"event":"ping","message":{}}',
      '{"event":["ping"]}',
      '[{"event":"ping"}]',
      '{"event":"Ping"}',
      '"ping"',
      long,
      `${long}${' '.repeat(1024 * 1024)}`,
    ]
    for (const body of lookalikes) assert.deepEqual(await refuse([], Buffer.from(body)), ['rejected', 'sig_missing'])
    const ping = Buffer.from('{"event":"ping"}')
    assert.deepEqual(await refuse(['SEON-Signature', hex(ping, 'another')], ping), ['quarantined', 'sig_mismatch'])
    assert.deepEqual(await refuse([], ping, 'incode'), ['rejected', 'bearer_bad'])
    const huge = Buffer.alloc(10 * 1024 * 1024, ' ')
    assertRefused(await doors.send('/webhooks/seon', Buffer.concat([ping, huge]), json), 413, 'too_large')
  })

  it('B1 row 29: let nobody ping more than ten times a minute', async () => {
    const ping = () => doors.send('/webhooks/seon-idv', Buffer.from('{"event":"ping"}'), json)
    const answers = await Promise.all(Array.from({ length: 12 }, ping))
    assert.deepEqual(
      answers.map(({ status }) => status).toSorted((a, b) => a - b),
      [...Array.from({ length: 10 }, () => 200), 429, 429],
    )
    assert.equal((await ping()).headers['retry-after'], '60')
    const body = eventOf('seon')
    assertAccepted(await doors.send('/webhooks/seon-idv', body, doors.prove('seon-idv', body)))
  })

  it('write nothing of bodies and secrets into the log', () => assertDiscreet(doors.readLog()))
})

/** Live, the server's address is what it is told. */
async function findFreePort(): Promise<string> {
  const server = createServer()
  const { port } = new URL(await listen(server))
  await stop(server)
  return port
}

describeStores('webhook doors without a secret', (stores) => {
  it('B1 row 2: say 503 and keep nothing, so that the sender comes again', async () => {
    const port = await findFreePort()
    const doors = await startDoors({
      DATABASE_URL: await stores.createUrl(),
      PORT: port,
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      SEON_API_KEY: 'canary-api-key',
      SEON_BASE_URL: 'https://seon.example.com',
      WORKFLOW_ID: '3f0c1a52-9f0e-4d0b-8a4f-0d5f0f3a7b11',
      HOST: '127.0.0.1',
      ALLOWED_ORIGINS: 'https://shop.example.com',
      USER_TOKEN_SECRET: 'canary-user-token-secret-of-32-characters',
      SEON_LICENSE_KEY: '',
      INCODE_WEBHOOK_HEADER: '',
    })
    try {
      for (const door of ['seon-fraud', 'incode'] as const) {
        const body = eventOf(door)
        for (const proof of [[], ['Digest', `SHA-256=${hex(body, '')}`], doors.prove(door, body)]) {
          const answer = await doors.send(`/webhooks/${door}`, body, proof)
          assertRefused(answer, 503, 'not_configured')
          assert.ok(Number(answer.headers['retry-after']) > 0)
        }
      }
      assert.deepEqual(await doors.list(), [])
      assert.match(doors.readLog(), /secret_unset/)
      assertDiscreet(doors.readLog())
    } finally {
      await doors.close()
    }
  })
})

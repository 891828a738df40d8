import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { VerificationPage } from '../../../server/protocol.ts'
import { describeStores } from '../../helpers/stores.ts'
import { tell } from './helpers/create-bench.ts'
import { assertAccepted, assertDiscreet, assertRefused, type Doors, startDoors } from './helpers/start-doors.ts'

const MAX_BYTES = 2 * 1024 * 1024
const EVENT = 'orchestration/workflow_execution_finished'

/** An event around this text, as JSON that nobody has to have parsed. */
const around = (data: string) => Buffer.from(`{"event":"${EVENT}","timestamp":"2026-11-01T10:00:00Z","data":${data}}`)

describeStores('webhook bodies', (stores) => {
  let doors: Doors
  before(async () => {
    doors = await startDoors({ DATABASE_URL: await stores.createUrl() })
  })
  after(() => doors.close())

  /** Posts it signed: answered 200, stored once, byte for byte; how it ended. */
  async function take(body: Buffer): Promise<string> {
    const [delivery, ...others] = await doors.arrivals(async () => assertAccepted(await doors.post(body)))
    assert.equal(others.length, 0)
    const settled = await doors.settled(delivery?.id ?? '')
    assert.equal(settled.bytes, body.byteLength)
    // The API shows a body as text; what is no text cannot come out of it as it went in.
    assert.equal(settled.body, body.toString('utf8'))
    return [settled.outcome, settled.reason].filter((word) => word !== undefined).join(' ')
  }

  /** Posts it signed: refused, listed once without its body. */
  async function turnAway(body: Buffer, rawHeaders: readonly string[], status: number, code: string) {
    const [delivery, ...others] = await doors.arrivals(async () => {
      assertRefused(await doors.post(body, rawHeaders), status, code)
    })
    assert.equal(others.length, 0)
    const { body: kept } = await doors.ask<{ body: string | null }>(`/api/deliveries/${delivery?.id}`)
    assert.equal(kept, null)
    return [delivery?.outcome, delivery?.reason, delivery?.bytes]
  }

  const findRuns = async (id: string) => (await doors.ask<VerificationPage>(`/api/verifications?q=${id}`)).items

  it('B1 row 14: take nothing compressed, be it an event or a bomb', async () => {
    const event = gzipSync(tell('APPROVED', { run: 'canary-gzip' }))
    const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024))
    for (const [body, encoding] of [
      [event, 'gzip'],
      [bomb, 'gzip'],
      [event, 'br'],
      [event, 'deflate, gzip'],
      [tell('APPROVED'), 'x-canary'],
    ] as const) {
      const listed = await turnAway(body, ['Content-Encoding', encoding], 415, 'unsupported_encoding')
      assert.deepEqual(listed, ['rejected', 'encoding', body.byteLength])
    }
    assert.deepEqual(await findRuns('canary-gzip'), [])
    assertAccepted(await doors.post(tell('APPROVED', { run: 'plain' }), ['Content-Encoding', 'identity']))
  })

  it('B1 row 15: take 2 MiB and no byte more, announced or in chunks', async () => {
    const pad = (length: number) => {
      const body = Buffer.alloc(length, ' ')
      tell('APPROVED', { run: `canary-${length}` }).copy(body)
      return body
    }
    assert.equal(await take(pad(MAX_BYTES)), 'accepted')
    const over = pad(MAX_BYTES + 1)
    assert.deepEqual(await turnAway(over, [], 413, 'too_large'), ['rejected', 'too_large', MAX_BYTES + 1])
    const [delivery] = await doors.arrivals(async () => {
      assert.match(await doors.raw(inChunks(over, doors.prove('seon', over))), /^HTTP\/1\.1 413 .*"too_large"/s)
    })
    assert.deepEqual([delivery?.outcome, delivery?.reason], ['rejected', 'too_large'])
    assert.deepEqual(await findRuns(`canary-${MAX_BYTES + 1}`), [])
    const fits = pad(MAX_BYTES - 1)
    assert.match(await doors.raw(inChunks(fits, doors.prove('seon', fits))), /^HTTP\/1\.1 200 /)
  })

  it('B1 row 20: keep what is signed and cannot be read, or is not known', async () => {
    for (const [body, ending] of [
      ['canary', 'dead not_json'],
      ['{"event":', 'dead not_json'],
      ['[]', 'dead not_object'],
      ['null', 'dead not_object'],
      ['"canary"', 'dead not_object'],
      ['{"data":{}}', 'dead no_event'],
      ['{"event":7}', 'dead no_event'],
      ['{"event":"canary/of_the_future"}', 'unrecognised'],
    ] as const) {
      assert.equal(await take(Buffer.from(body)), ending, body)
    }
  })

  it('B1 row 21: count levels before building anything from them', async () => {
    assert.equal(await take(around('['.repeat(100_000) + ']'.repeat(100_000))), 'dead too_deep')
    assert.equal(await take(around('{"a":'.repeat(5_000) + '1' + '}'.repeat(5_000))), 'dead too_deep')
    assert.equal(await take(Buffer.from('['.repeat(1_000_000))), 'dead too_deep')
  })

  it('B1 row 22: count keys and elements, too', async () => {
    const keys = Array.from({ length: 100_000 }, (_, index) => `"${index}":1`).join()
    assert.equal(await take(around(`{${keys}}`)), 'dead too_many_keys')
    assert.equal(await take(around(`[${'1,'.repeat(1_000_000)}1]`)), 'dead too_many_keys')
  })

  it('B1 row 23: let keys named like prototypes decide nothing', async () => {
    const data = `{"__proto__":{"status":"APPROVED","admin":true},"constructor":{"prototype":{"status":"APPROVED"}},"id":"canary-proto"}`
    assert.equal(await take(around(data)), 'accepted')
    const [run] = await findRuns('canary-proto')
    assert.notEqual(run?.status, 'approved')
    assert.equal(Object.hasOwn(Object.prototype, 'admin'), false)
    assert.equal(Object.hasOwn(Object.prototype, 'status'), false)
  })

  it('B1 row 24: take ids that JSON may have bent, and texts that are none, for nobody’s', async () => {
    const status = '"status":"APPROVED"'
    for (const [id, ending] of [
      ['12345678901234567890', 'accepted'],
      ['"a\\u0000b"', 'accepted'],
      ['"\\ud800"', 'accepted'],
      [`"${'9'.repeat(400)}"`, 'accepted'],
      ['1e400', 'accepted'],
    ] as const) {
      const before = (await doors.ask<VerificationPage>('/api/verifications?limit=200')).items
      assert.equal(await take(around(`{"id":${id},${status}}`)), ending, id)
      assert.deepEqual((await doors.ask<VerificationPage>('/api/verifications?limit=200')).items, before, id)
    }
    assert.equal(await take(around(`{"id":"canary-first","id":"canary-last",${status}}`)), 'accepted')
    assert.deepEqual(await findRuns('canary-first'), [])
    assert.equal((await findRuns('canary-last'))[0]?.status, 'approved')
    const texts = `{"id":"canary-texts",${status},"workflow":{"id":"w\\u0000","name":"\\ud800\\u0000"},"userId":"u\\u0000"}`
    assert.equal(await take(around(texts)), 'accepted')
    assert.equal((await findRuns('canary-texts'))[0]?.status, 'approved')
    assert.equal(await take(Buffer.from('{"event":"canary\\u0000\\ud800/event"}')), 'unrecognised')
  })

  it('B1 row 25: sign bytes, not text: what is no UTF-8 is kept apart, byte for byte', async () => {
    const [a, b] = [0xff, 0xfe].map((byte) => Buffer.from([...Buffer.from('{"event":"canary'), byte, 0x22, 0x7d]))
    if (a === undefined || b === undefined) throw new Error('two bodies')
    assert.equal(await take(a), 'dead not_utf8')
    // As text both are the same.
    assert.equal(a.toString('utf8'), b.toString('utf8'))
    assertRefused(await doors.send('/webhooks/seon', b, doors.prove('seon', a)), 401, 'unauthorized')
    assert.equal(await take(b), 'dead not_utf8')
    const withMark = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), tell('APPROVED', { run: 'canary-bom' })])
    assert.equal(await take(withMark), 'accepted')
  })

  it('write nothing of bodies into the log', () => assertDiscreet(doors.readLog()))
})

/** One request with its body in chunks of 64 KiB, after which the connection closes. */
function inChunks(body: Uint8Array, rawHeaders: readonly string[]): Buffer {
  const [name, value] = rawHeaders
  const head = `POST /webhooks/seon HTTP/1.1\r\nHost: x\r\n${name}: ${value}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n`
  const parts: Uint8Array[] = [Buffer.from(head)]
  for (let start = 0; start < body.byteLength; start += 65_536) {
    const chunk = body.subarray(start, start + 65_536)
    parts.push(Buffer.from(`${chunk.byteLength.toString(16)}\r\n`), chunk, Buffer.from('\r\n'))
  }
  return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')])
}

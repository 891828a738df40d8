import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { startSandboxServer } from '../../helpers/server.ts'
import { refuse, SECRET, startReceiver } from './helpers/start-receiver.ts'

describe('STATUS_WEBHOOK_URL', () => {
  it('hears, signed, of a verification that a page begins, and leaves no trace of its secret in the log', async () => {
    const receiver = await startReceiver({ verify: true })
    after(() => receiver.stop())
    const server = await startSandboxServer({
      STATUS_WEBHOOK_URL: receiver.url,
      STATUS_WEBHOOK_SECRET: `${SECRET},whsec_${Buffer.alloc(32, 7).toString('base64')}`,
    })
    receiver.answer = refuse(500)
    const response = await fetch(`${server.url}/api/init-verification`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ userId: 'ada-1', email: 'ada@example.com' }),
    })
    assert.equal(response.status, 200)
    await receiver.waitFor(1)
    const [first] = receiver.arrived
    const { id, vendorId, revision, ...data } = first?.message.data ?? assert.fail('nothing arrived')
    assert.deepEqual(data, {
      vendor: 'seon',
      userId: 'ada-1',
      workflow: '00000000-0000-4000-8000-000000000001',
      status: 'created',
      previousStatus: null,
      decidedAt: null,
      environment: 'sandbox',
    })
    const shown = await server.ask(`/api/verifications/${id}`)
    assert.ok(typeof shown === 'object' && shown !== null && 'vendorId' in shown && 'revision' in shown)
    assert.deepEqual([shown.vendorId, shown.revision], [vendorId, revision])
    assert.equal(String(first?.headers['webhook-signature']).split(' ').length, 2)
    while (!server.readLog().includes('status_webhook_failed')) await setImmediate()
    for (const canary of ['CANARY', SECRET, 'ada', 'v1,']) assert.equal(server.readLog().includes(canary), false)
  })
})

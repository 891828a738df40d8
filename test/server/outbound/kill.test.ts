import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { createIds } from '../../../server/ids.ts'
import { createStatusWebhook } from '../../../server/outbound/status-webhook.ts'
import type { Status } from '../../../server/protocol.ts'
import { openStore } from '../../../server/store/engine/open-store.ts'
import { describeStores } from '../../helpers/stores.ts'
import { changeStatus } from './helpers/change-status.ts'
import { receive, SECRET, startReceiver } from './helpers/start-receiver.ts'

const NODE = fileURLToPath(new URL('helpers/run-node.ts', import.meta.url))
const COURSE: readonly Status[] = ['created', 'started', 'submitted', 'approved']

describeStores('the status webhook, killed', (stores) => {
  it('sends again, under the same id and in order, what it had not known to be received', async (t) => {
    const receiver = await startReceiver({ verify: true })
    t.after(() => receiver.stop())
    const storeUrl = await stores.createUrl()
    let ahead = 0
    const now = () => Date.now() + ahead
    const open = async () => {
      const store = await openStore(storeUrl)
      const log = pino({ level: 'silent' })
      const deps = { url: receiver.url, secrets: [SECRET], store, log, newId: createIds(now), now }
      return { store, webhook: await createStatusWebhook(deps) }
    }

    const before = await open()
    for (const status of COURSE) await changeStatus(before.store, 'run-1', status, Date.now())
    await before.store.close()

    // The receiver takes the second message in and says nothing: the node dies not knowing.
    receiver.answer = (response, { status }) => {
      if (status === 'created') receive(response)
    }
    const child = spawn(process.execPath, [NODE, storeUrl, receiver.url], { stdio: 'ignore' })
    t.after(() => child.kill('SIGKILL'))
    await receiver.waitFor(2)
    child.kill('SIGKILL')
    await once(child, 'exit')

    const after = await open()
    receiver.answer = receive
    await after.webhook.drain()
    assert.equal(receiver.arrived.length, 2, 'the dead node’s lease lasts')
    ahead = 61_000
    await after.webhook.drain()
    assert.deepEqual(
      receiver.arrived.map((each) => each.status),
      ['created', 'started', 'started', 'submitted', 'approved'],
    )
    assert.equal(receiver.arrived[2]?.id, receiver.arrived[1]?.id)
    assert.deepEqual(receiver.arrived[2]?.body, receiver.arrived[1]?.body)
    assert.equal(new Set(receiver.arrived.map((each) => each.id)).size, 4)
    await after.store.close()
  })
})

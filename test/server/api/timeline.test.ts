import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { startSandboxServer } from '../../helpers/server.ts'
import { ask } from '../../helpers/visitor.ts'
import { awaitStatus } from '../../journeys/steps.ts'

describe('a timeline', () => {
  it('gives a status to what is said of the verification alone: a session of a run that passed approves nothing', async () => {
    const server = await startSandboxServer()
    assert.equal((await ask(server, '/api/init-verification', { userId: 'ada-1' })).status, 200)
    const read = async (path: string) =>
      (await ask(server, path, undefined, { bearer: server.sandbox.adminToken, origin: null, method: 'GET' })).body
    const { items } = await read('/api/verifications?userId=ada-1')
    const [run]: { id: string; vendorId: string }[] = Array.isArray(items) ? items : []
    await server.control(`/runs/${run?.vendorId}/end`, { end: 'declined' })
    await awaitStatus(server, 'ada-1', ['declined'])
    const { timeline } = await read(`/api/verifications/${run?.id}`)
    const entries: { event: string; status?: string; detail?: string }[] = Array.isArray(timeline) ? timeline : []
    const said = entries.map(({ event, status }) => `${event.split('/')[0]} ${status ?? '-'}`)
    assert.ok(said.includes('idv -'), said.join())
    assert.deepEqual([...new Set(said)].filter((each) => each.endsWith('d')).toSorted(), [
      'init created',
      'orchestration declined',
    ])
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { startSandboxServer } from '../../helpers/server.ts'

const cursorOf = (key: unknown) => Buffer.from(JSON.stringify(key)).toString('base64url')

describe('GET /api/verifications', () => {
  it('takes no cursor that it cannot have given: PostgreSQL would stumble over some', async () => {
    const server = await startSandboxServer()
    assert.deepEqual(await server.ask(`/api/verifications?cursor=${cursorOf([1, 'ver_1'])}`), { items: [], next: null })
    for (const key of [[1.5, 'ver_1'], [1e300, 'ver_1'], [1, 'ver\0'], [1, ''], [1], ['1', 'ver_1'], null]) {
      await assert.rejects(server.ask(`/api/verifications?cursor=${cursorOf(key)}`), /: 400 .*"cursor"/)
    }
  })
})

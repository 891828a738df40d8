import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { startSandboxServer } from '../../../helpers/server.ts'
import { ask, refusalOf, SHOP, USER_TOKEN_SECRET } from '../../../helpers/visitor.ts'

describe('a sandbox with USER_TOKEN_SECRET', () => {
  it('asks every page for a user token but its own, so that the demo goes on', async () => {
    const server = await startSandboxServer({ USER_TOKEN_SECRET })
    const init = (origin: string | null) => ask(server, '/api/init-verification', { userId: 'ada-1' }, { origin })
    assert.equal((await init(server.url)).status, 200)
    for (const origin of [SHOP, null]) assert.deepEqual(refusalOf(await init(origin)), [401, 'user_token_invalid'])
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { startSandboxServer } from '../../helpers/server.ts'

const cursorOf = (key: unknown) => Buffer.from(JSON.stringify(key)).toString('base64url')

async function startBench() {
  const server = await startSandboxServer()

  async function start(userId: string, email: string): Promise<void> {
    const answer = await fetch(`${server.url}/api/init-verification`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ userId, email, phoneNumber: '+3612345678' }),
    })
    assert.equal(answer.status, 200)
  }

  async function search(body: unknown, headers: Record<string, string> = {}) {
    const answer = await fetch(`${server.url}/api/verifications/search`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${server.sandbox.adminToken}`,
        ...headers,
      },
      body: JSON.stringify(body),
    })
    return { status: answer.status, body: await answer.json() }
  }

  const usersOf = ({ body }: { body: { items: { userId: string }[] } }) => body.items.map(({ userId }) => userId)
  return { server, start, search, usersOf }
}

describe('GET /api/verifications', () => {
  it('takes no cursor that it cannot have given: PostgreSQL would stumble over some', async () => {
    const { server } = await startBench()
    const given = cursorOf([1, 'ver_1', 'createdAt', 'desc'])
    assert.deepEqual(await server.ask(`/api/verifications?cursor=${given}`), { items: [], next: null })
    for (const key of [[1.5, 'ver_1'], [1e300, 'ver_1'], [1, 'ver\0'], [1, ''], [1], ['1', 'ver_1']]) {
      const cursor = cursorOf([...key, 'createdAt', 'desc'])
      await assert.rejects(server.ask(`/api/verifications?cursor=${cursor}`), /: 400 .*"cursor"/)
    }
    await assert.rejects(server.ask(`/api/verifications?cursor=${cursorOf(null)}`), /: 400 .*"cursor"/)
    await assert.rejects(server.ask(`/api/verifications?sort=updatedAt&cursor=${given}`), /: 400 .*"cursor"/)
    await assert.rejects(server.ask(`/api/verifications?order=asc&cursor=${given}`), /: 400 .*"cursor"/)
  })

  it('pages through every order without losing or repeating any', async () => {
    const { server, start } = await startBench()
    for (const user of ['a', 'b', 'c', 'd', 'e']) await start(user, `${user}@example.com`)
    for (const [order, users] of [
      ['asc', 'abcde'],
      ['desc', 'edcba'],
    ]) {
      const found: string[] = []
      for (let cursor = ''; ; ) {
        const query = `sort=updatedAt&order=${order}&status=created&overdue=0&environment=sandbox&limit=2${cursor}`
        const page = await server.ask(`/api/verifications?${query}`)
        assert.ok(typeof page === 'object' && page !== null && 'items' in page && Array.isArray(page.items))
        found.push(...page.items.map(({ userId }) => userId))
        if (!('next' in page) || typeof page.next !== 'string') break
        cursor = `&cursor=${page.next}`
      }
      assert.equal(found.join(''), users)
    }
    assert.deepEqual(await server.ask('/api/verifications?sort=decidedAt'), { items: [], next: null })
  })
})

describe('POST /api/verifications/search', () => {
  it('finds by an e-mail address in any case, which is nowhere logged', async () => {
    const { server, start, search, usersOf } = await startBench()
    await start('ada', 'Ada.Byron@example.com')
    await start('bo', 'bo@example.com')
    assert.deepEqual(usersOf(await search({ email: ' ada.byron@EXAMPLE.com ' })), ['ada'])
    assert.deepEqual(usersOf(await search({ q: 'bo@example.com' })), ['bo'])
    assert.deepEqual(usersOf(await search({ q: 'bo@example.com', status: ['approved'] })), [])
    assert.deepEqual(usersOf(await search({ email: 'nobody@example.com' })), [])
    assert.doesNotMatch(server.readLog(), /example\.com/i)
  })

  it('says which of some verifications a list would show', async () => {
    const { start, search, usersOf } = await startBench()
    await start('ada', 'ada@example.com')
    await start('bo', 'bo@example.com')
    const all = await search({})
    const ids = all.body.items.map(({ id }: { id: string }) => id)
    assert.deepEqual(usersOf(await search({ ids, email: 'ada@example.com' })), ['ada'])
    assert.deepEqual(usersOf(await search({ ids: ids.slice(0, 1) })), ['bo'])
    assert.deepEqual(usersOf(await search({ ids: ['ver_other'] })), [])
  })

  it('takes nothing else, and only from whoever may read', async () => {
    const { server, search } = await startBench()
    assert.equal((await search({ status: 'approved' })).status, 400)
    assert.equal((await search({ ids: [] })).status, 400)
    assert.equal((await search({ name: 'x' })).status, 400)
    assert.equal((await search({}, { authorization: 'Bearer other' })).status, 401)
    assert.equal((await search({}, { 'content-type': 'text/plain' })).status, 415)
    const wrong = await fetch(`${server.url}/api/verifications/search`)
    assert.equal(wrong.status, 405)
    assert.equal(wrong.headers.get('allow'), 'POST')
  })
})

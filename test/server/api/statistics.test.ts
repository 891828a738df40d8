import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { z } from 'zod'
import { startSandboxServer } from '../../helpers/server.ts'

const Answer = z.object({
  from: z.string(),
  to: z.string(),
  bucketMs: z.number(),
  counts: z.record(z.string(), z.number()),
  decisions: z.array(z.object({ at: z.string() })),
  funnel: z.object({ created: z.number() }),
  gaveUpAt: z.array(z.object({ step: z.string(), count: z.number() })),
  previous: z.object({ from: z.string(), to: z.string() }),
  workflows: z.array(z.string()),
  vendors: z.array(z.string()),
})

describe('GET /api/statistics', () => {
  it('tells of the last seven days, or of the period and the part asked for', async () => {
    const server = await startSandboxServer()
    const answer = await fetch(`${server.url}/api/init-verification`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ userId: 'ada', email: 'ada@example.com', phoneNumber: '3612345678' }),
    })
    assert.equal(answer.status, 200)
    const week = Answer.parse(await server.ask('/api/statistics'))
    assert.equal(week.funnel.created, 1)
    assert.equal(week.counts['created'], 1)
    assert.equal(week.counts['approved'], 0)
    assert.deepEqual(week.gaveUpAt, [{ step: 'init', count: 1 }])
    assert.deepEqual(week.vendors, ['seon'])
    assert.equal(week.workflows.length, 1)
    assert.equal(week.previous.to, week.from)
    assert.ok(Date.parse(week.to) > Date.now() && Date.parse(week.to) <= Date.now() + 3_600_000)

    const asked = '/api/statistics?from=2026-03-01T12:30:00Z&to=2026-03-20T12:30:00Z&vendor=incode'
    const long = Answer.parse(await server.ask(asked))
    assert.deepEqual([long.from, long.to], ['2026-03-01T00:00:00.000Z', '2026-03-21T00:00:00.000Z'])
    assert.equal(long.bucketMs, 86_400_000)
    assert.equal(long.decisions.length, 20)
    assert.equal(long.previous.from, '2026-02-09T00:00:00.000Z')
    assert.equal(Answer.parse(await server.ask(`/api/statistics?workflow=${week.workflows[0]}`)).funnel.created, 1)
    assert.equal(Answer.parse(await server.ask('/api/statistics?workflow=other')).funnel.created, 0)
    assert.equal(Answer.parse(await server.ask('/api/statistics?environment=live')).funnel.created, 0)
  })

  it('refuses periods that are empty or too long, and whoever is no operator', async () => {
    const server = await startSandboxServer()
    for (const query of [
      'from=2026-03-01&to=2026-03-01',
      'from=2020-03-01&to=2026-03-01',
      'from=2999-01-01',
      'vendor=seon-fraud',
      'other=1',
    ]) {
      await assert.rejects(server.ask(`/api/statistics?${query}`), /: 400 /)
    }
    assert.equal((await fetch(`${server.url}/api/statistics`)).status, 401)
    assert.equal((await fetch(`${server.url}/api/statistics`, { method: 'POST' })).status, 405)
  })
})

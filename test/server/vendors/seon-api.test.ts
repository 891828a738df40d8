import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { after, before, beforeEach, describe, it } from 'node:test'
import { pino } from 'pino'
import { HttpError } from '../../../server/http/errors.ts'
import { createSeonApi, type SeonApiDeps } from '../../../server/vendors/seon-api.ts'
import { type Play, playJson, playRaw, type ScriptedUpstream, startUpstream } from '../../helpers/scripted-upstream.ts'

const API_KEY = 'CANARY_API_KEY_7F3A'
const WORKFLOW = '3f0c1a52-9f0e-4d0b-8a4f-0d5f0f3a7b11'
const INPUTS = { user_id: 'user-1', email: 'canary@example.com' }
const RUN = { data: { executionId: '5b1f9f0e-0000-4000-8000-000000000001', token: 'eu:session-token' } }

describe('createSeonApi', () => {
  let upstream: ScriptedUpstream
  let logged = ''
  let pauses: number[] = []
  let clock = 0

  before(async () => {
    upstream = await startUpstream()
  })
  after(() => upstream.stop())
  beforeEach(() => {
    upstream.requests = []
    logged = ''
    pauses = []
    clock = Date.parse('2026-03-01T12:00:00Z')
  })

  const log = pino({}, { write: (line: string) => (logged += line) })
  const createApi = (more: Partial<SeonApiDeps> = {}) =>
    createSeonApi({
      baseUrl: `${upstream.origin}/orchestration-api`,
      apiKey: API_KEY,
      log,
      now: () => clock,
      random: () => 0.5,
      sleep: async (ms) => {
        pauses.push(ms)
        clock += ms
      },
      ...more,
    })

  async function failureOf(played: Play | Play[], more: Partial<SeonApiDeps> = {}): Promise<HttpError> {
    upstream.plays = [played].flat()
    try {
      await createApi(more).initWorkflow(WORKFLOW, INPUTS)
    } catch (error) {
      assert.ok(error instanceof HttpError, String(error))
      const told = `${JSON.stringify([error.message, error.body, error.headers, error.cause])}${error.stack}${logged}`
      for (const canary of [API_KEY, 'canary@example.com', 'SEON-PROSE'])
        assert.equal(told.includes(canary), false, told)
      return error
    }
    return assert.fail('it succeeded')
  }

  it("asks as SEON's guide says and reads the run", async () => {
    upstream.plays = [playJson(200, { ...RUN, more: 'fields may come' })]
    assert.deepEqual(await createApi().initWorkflow(WORKFLOW, INPUTS), RUN.data)
    const [request] = upstream.requests
    assert.deepEqual([request?.method, request?.url], ['POST', '/orchestration-api/v1/init-workflow'])
    assert.equal(request?.headers['x-api-key'], API_KEY)
    assert.equal(request?.headers['content-type'], 'application/json')
    assert.deepEqual(JSON.parse(request?.body ?? ''), { workflowId: WORKFLOW, inputs: INPUTS })
  })

  it('takes 201 for a yes', async () => {
    upstream.plays = [playJson(201, RUN)]
    assert.deepEqual(await createApi().initWorkflow(WORKFLOW, INPUTS), RUN.data)
  })

  const codes: [string, unknown, string | undefined][] = [
    ['code', { code: 'MISSING_REQUIRED_INPUTS', message: 'SEON-PROSE' }, 'MISSING_REQUIRED_INPUTS'],
    ['error', { error: 'INVALID_INPUT_FORMAT' }, 'INVALID_INPUT_FORMAT'],
    ['error.code', { error: { code: 'INVALID_INPUT_FORMAT', message: 'SEON-PROSE' } }, 'INVALID_INPUT_FORMAT'],
    ['message', { message: 'MISSING_REQUIRED_INPUTS' }, 'MISSING_REQUIRED_INPUTS'],
    ['error.message', { error: { message: 'MISSING_REQUIRED_INPUTS' } }, 'MISSING_REQUIRED_INPUTS'],
    ["an older API's number", { success: false, error: { code: 1016, message: 'SEON-PROSE' } }, '1016'],
    ['prose', { code: 'SEON-PROSE about canary@example.com', message: 'SEON-PROSE' }, undefined],
    ['our own key', { code: API_KEY }, undefined],
    ['things that are no strings', { code: { toString: 1 }, error: { code: [] }, message: null }, undefined],
    ['no object', ['MISSING_REQUIRED_INPUTS'], undefined],
    ['nothing', null, undefined],
  ]
  for (const [where, body, vendorCode] of codes) {
    it(`passes on a 400 with the code in ${where}`, async () => {
      const error = await failureOf(playJson(400, body))
      assert.deepEqual(
        [error.status, error.code, error.body],
        [400, 'vendor_rejected', vendorCode ? { vendorCode } : {}],
      )
      assert.equal(upstream.requests.length, 1)
    })
  }

  for (const [status, code] of [
    [401, 'UNAUTHORIZED'],
    [403, 'FORBIDDEN'],
    [404, 'WORKFLOW_NOT_FOUND'],
  ] as const) {
    it(`takes ${status} for a matter of configuration and tells the operator`, async () => {
      const error = await failureOf(playJson(status, { code, message: 'SEON-PROSE' }))
      assert.deepEqual([error.status, error.code, error.body], [502, 'vendor_configuration', {}])
      const line: { level: number; msg: string; status: number } = JSON.parse(logged)
      assert.deepEqual([line.level, line.status], [50, status])
      assert.match(line.msg, /SEON_API_KEY|SEON_BASE_URL/)
    })
  }

  const upstreamBad: [string, Play][] = [
    ['500', playJson(500, { code: 'INTERNAL_ERROR', message: 'SEON-PROSE' })],
    ['500 with a run', playJson(500, RUN)],
    ['503 in HTML', playRaw(503, '<h1>SEON-PROSE</h1>')],
    ['418', playJson(418, {})],
    ['a 200 without a run', playJson(200, { success: false, error: { code: '2002' } })],
    ['a 200 without a token', playJson(200, { data: { executionId: 'e-1' } })],
    ['a token that is no string', playJson(200, { data: { executionId: 'e-1', token: 7 } })],
    ['a token with a line break', playJson(200, { data: { executionId: 'e-1', token: 'a\r\nb' } })],
    ['an empty id', playJson(200, { data: { executionId: '', token: 't' } })],
    ['an endless id', playJson(200, { data: { executionId: 'e'.repeat(129), token: 't' } })],
    ['HTML with 200', playRaw(200, '<h1>SEON-PROSE</h1>')],
    ['nothing with 200', playRaw(200, '')],
    ['204', playRaw(204, '')],
    ['bytes that are not UTF-8', playRaw(200, Buffer.from([0x22, 0xff, 0x22]))],
    ['JSON of 100,000 levels', playRaw(200, '['.repeat(32_000) + ']'.repeat(32_000))],
    ['more than 64 kB', playJson(200, { ...RUN, padding: 'x'.repeat(64 * 1024) })],
    ['a broken gzip', playRaw(200, 'not gzip', { 'content-encoding': 'gzip' })],
    ['a redirect', playRaw(302, '', { location: 'https://elsewhere.example/' })],
    ['a redirect to itself', playRaw(307, '', { location: '/orchestration-api/v1/init-workflow' })],
    ['a hang-up', (response) => response.destroy()],
    [
      'a hang-up in the body',
      (response) => response.writeHead(200, { 'content-length': '100' }).write('{"data"', () => response.destroy()),
    ],
  ]
  for (const [name, play] of upstreamBad) {
    it(`answers upstream_bad to ${name}, without asking again`, async () => {
      const error = await failureOf(play)
      assert.deepEqual([error.status, error.code, error.body], [502, 'upstream_bad', {}])
      assert.equal(upstream.requests.length, 1)
    })
  }

  it('answers upstream_bad where nobody listens', async () => {
    const error = await failureOf([], { baseUrl: 'http://127.0.0.1:1' })
    assert.deepEqual([error.status, error.code], [502, 'upstream_bad'])
  })

  it('does not read on past 64 kB', async () => {
    let written = 0
    const error = await failureOf((response) => {
      const chunk = Buffer.alloc(16 * 1024, ' ')
      const pour = () => {
        while (!response.destroyed) {
          written += chunk.length
          if (!response.write(chunk)) return response.once('drain', pour)
        }
        return response
      }
      response.writeHead(200)
      pour()
    })
    assert.equal(error.code, 'upstream_bad')
    // What the sockets' buffers hold, and no more.
    assert.ok(written < 32 * 1024 * 1024, `${written} bytes`)
  })

  it('answers upstream_timeout to silence before and within the answer', async () => {
    for (const play of [() => {}, (response: ServerResponse) => void response.writeHead(200).write('{')]) {
      const error = await failureOf(play, { budgetMs: 100 })
      assert.deepEqual([error.status, error.code], [504, 'upstream_timeout'])
    }
    assert.equal(upstream.requests.length, 2)
  })

  it('asks again after a 429, with full jitter', async () => {
    upstream.plays = [playJson(429, { code: 'RATE_LIMITED' }), playJson(429, {}), playJson(200, RUN)]
    assert.deepEqual(await createApi().initWorkflow(WORKFLOW, INPUTS), RUN.data)
    assert.deepEqual(pauses, [500, 1000])
    assert.equal(upstream.requests.length, 3)
  })

  it('gives up after three tries', async () => {
    const error = await failureOf(playJson(429, { message: 'SEON-PROSE' }))
    assert.deepEqual([error.status, error.code, error.headers], [503, 'upstream_busy', { 'Retry-After': '1' }])
    assert.equal(upstream.requests.length, 3)
  })

  it('honours Retry-After in seconds and as a date', async () => {
    const date = new Date(Date.parse('2026-03-01T12:00:05Z')).toUTCString()
    upstream.plays = [
      playJson(429, {}, { 'retry-after': '3' }),
      playJson(429, {}, { 'retry-after': date }),
      playJson(200, RUN),
    ]
    await createApi().initWorkflow(WORKFLOW, INPUTS)
    assert.deepEqual(pauses, [3000, 2000])
  })

  it('does not wait for what lies beyond the 8 seconds', async () => {
    const late = await failureOf(playJson(429, {}, { 'retry-after': '120' }))
    assert.deepEqual(
      [late.code, late.headers, pauses, upstream.requests.length],
      ['upstream_busy', { 'Retry-After': '120' }, [], 1],
    )
    const twice = await failureOf(playJson(429, {}, { 'retry-after': '5' }))
    assert.deepEqual([twice.code, twice.headers, pauses], ['upstream_busy', { 'Retry-After': '5' }, [5000]])
    const endless = await failureOf(playJson(429, {}, { 'retry-after': '999999999' }))
    assert.deepEqual(endless.headers, { 'Retry-After': '3600' })
  })

  it('makes nothing of a Retry-After it cannot read', async () => {
    upstream.plays = [
      playJson(429, {}, { 'retry-after': 'soon' }),
      playJson(429, {}, { 'retry-after': '-5' }),
      playJson(200, RUN),
    ]
    await createApi().initWorkflow(WORKFLOW, INPUTS)
    assert.deepEqual(pauses, [500, 1000])
  })

  it('keeps a key out of errors that could not be sent', async () => {
    const error = await failureOf([], { apiKey: `${API_KEY}\nx` })
    assert.equal(error.code, 'upstream_bad')
  })
})

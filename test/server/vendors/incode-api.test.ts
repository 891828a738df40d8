import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { after, describe, it } from 'node:test'
import { createIncodeApi, IncodeApiError } from '../../../server/vendors/incode-api.ts'
import { listen, stop } from '../../helpers/listen.ts'

/** A real server in Incode's place; what it was asked is kept. */
async function start(listener: RequestListener, timeoutMs?: number) {
  const asked: IncomingMessage[] = []
  const server = createServer((request, response) => {
    asked.push(request)
    listener(request, response)
  })
  after(() => stop(server))
  const url = await listen(server)
  const api = createIncodeApi({
    url,
    key: 'api key',
    token: 'executive',
    ...(timeoutMs !== undefined && { timeoutMs }),
  })
  return { api, asked, url }
}

/** Answers both calls with these JSON values. */
function answering(status: unknown, score: unknown = {}): RequestListener {
  return (request, response) => {
    const isScore = request.url?.startsWith('/omni/get/score?') ?? false
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(isScore ? score : status))
  }
}

function code(expected: IncodeApiError['code']) {
  return (error: unknown) => error instanceof IncodeApiError && error.code === expected
}

describe('asking Incode', () => {
  it('reads the status, with the credentials, and nothing that changes anything', async () => {
    const { api, asked } = await start(answering({ onboardingStatus: 'FACE_VALIDATION_FINISHED' }))
    assert.equal(await api.requestStatus('a/b?c&d=#1'), 'processing')
    const [request, ...others] = asked
    assert.deepEqual(others, [])
    assert.equal(request?.method, 'GET')
    assert.equal(request.url, '/omni/get/onboarding/status?id=a%2Fb%3Fc%26d%3D%231')
    assert.equal(request.headers['x-api-key'], 'api key')
    assert.equal(request.headers['x-incode-hardware-id'], 'executive')
    assert.equal(request.headers['api-version'], '1.0')
  })

  for (const [word, expected] of Object.entries({
    OK: 'approved',
    WARN: 'review',
    MANUAL: 'review',
    FAIL: 'declined',
    UNKNOWN: 'finished',
    SOMETHING_NEW: 'finished',
    toString: 'finished',
  })) {
    it(`takes a finished onboarding with the score ${word} for ${expected}`, async () => {
      const { api, asked } = await start(
        answering({ onboardingStatus: 'ONBOARDING_FINISHED' }, { overall: { status: word, value: '99.0' } }),
      )
      assert.equal(await api.requestStatus('i'), expected)
      assert.deepEqual(
        asked.map(({ url }) => url),
        ['/omni/get/onboarding/status?id=i', '/omni/get/score?id=i'],
      )
    })
  }

  it("takes a manual review's result, an expiry and UNKNOWN from the status alone", async () => {
    for (const [onboardingStatus, expected] of Object.entries({
      MANUAL_REVIEW_APPROVED: 'approved',
      MANUAL_REVIEW_REJECTED: 'declined',
      EXPIRED: 'expired',
      UNKNOWN: 'created',
    })) {
      const { api, asked } = await start(answering({ onboardingStatus }, { overall: { status: 'FAIL' } }))
      assert.equal(await api.requestStatus('i'), expected)
      assert.equal(asked.length, 1)
    }
  })

  it('knows nothing of words it does not know, and of interviews that Incode does not', async () => {
    for (const answer of [{ onboardingStatus: 'NEW_WORD' }, {}, { onboardingStatus: { a: 1 } }]) {
      const { api } = await start(answering(answer))
      assert.equal(await api.requestStatus('i'), null)
    }
    const { api } = await start((_request, response) => response.writeHead(404).end('{"onboardingStatus":"EXPIRED"}'))
    assert.equal(await api.requestStatus('i'), null)
  })

  it('says that it was refused, and by which status', async () => {
    for (const status of [401, 403, 429, 500]) {
      const { api } = await start((_request, response) => response.writeHead(status).end('{"error":"api key"}'))
      await assert.rejects(api.requestStatus('i'), { code: 'refused', httpStatus: status })
    }
  })

  it('reads no answer that is not JSON, no object or over 64 kB', async () => {
    const big = JSON.stringify({ onboardingStatus: 'EXPIRED', filler: 'x'.repeat(70_000) })
    for (const body of ['', '<html>', '[]', '"EXPIRED"', '{"onboardingStatus":"EXPIRED"', '['.repeat(60_000), big]) {
      const { api } = await start((_request, response) => response.end(body))
      await assert.rejects(api.requestStatus('i'), code('unreadable'))
    }
  })

  it('follows no redirect: the credentials are for this host alone', async () => {
    const elsewhere = await start(answering({ onboardingStatus: 'EXPIRED' }))
    const { api } = await start((_request, response) => {
      response.writeHead(302, { location: `${elsewhere.url}/omni/get/onboarding/status` }).end()
    })
    await assert.rejects(api.requestStatus('i'), code('unreachable'))
    assert.deepEqual(elsewhere.asked, [])
  })

  it('waits no longer than it should, for the answer or in the middle of it', async () => {
    const silent = await start(() => {}, 100)
    await assert.rejects(silent.api.requestStatus('i'), code('timeout'))
    const halting = await start((_request, response) => response.write('{"onboarding'), 100)
    await assert.rejects(halting.api.requestStatus('i'), code('timeout'))
  })

  it('says that nobody answers', async () => {
    const api = createIncodeApi({ url: 'http://127.0.0.1:9', key: 'k', token: 't' })
    await assert.rejects(api.requestStatus('i'), code('unreachable'))
  })
})

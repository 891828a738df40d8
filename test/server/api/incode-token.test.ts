import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, request as httpRequest } from 'node:http'
import { after, describe, it } from 'node:test'
import express, { type ErrorRequestHandler } from 'express'
import { createIncodeTokenEndpoint } from '../../../server/api/incode-token.ts'
import { createIncodeTokens, type IncodeTokens } from '../../../server/auth/incode-token.ts'
import { HttpError } from '../../../server/http/errors.ts'
import { isFields } from '../../../server/vendors/fields.ts'
import { listen, stop } from '../../helpers/listen.ts'

const tokens = createIncodeTokens({ client: { id: 'incode', secret: 'right' }, key: Buffer.alloc(32, 3) })
const right = `Basic ${Buffer.from('incode:right').toString('base64')}`
const wrong = `Basic ${Buffer.from('incode:wrong').toString('base64')}`
const form = { 'content-type': 'application/x-www-form-urlencoded' }

const answerError: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (!(error instanceof HttpError)) return next(error)
  response
    .status(error.status)
    .set(error.headers)
    .json({ error: error.code, ...error.body })
}

async function start(configured: IncodeTokens | null = tokens): Promise<string> {
  const app = express()
    .post('/token', ...createIncodeTokenEndpoint({ tokens: configured }))
    .use(answerError)
  const server = createServer(app)
  after(() => stop(server))
  return `${await listen(server)}/token`
}

function ask(url: string, authorization: string, body = 'grant_type=client_credentials', headers: object = form) {
  return fetch(url, { method: 'POST', headers: { authorization, ...headers }, body })
}

describe('POST /webhooks/incode/token', () => {
  it('gives Incode a token that its webhooks are known by', async () => {
    const answer = await ask(await start(), right)
    assert.equal(answer.status, 200)
    assert.match(answer.headers.get('content-type') ?? '', /^application\/json/)
    assert.equal(answer.headers.get('cache-control'), 'no-store')
    const issued: unknown = await answer.json()
    assert.ok(isFields(issued))
    assert.equal(await tokens.verify(String(issued['access_token'])), true)
    assert.equal(issued['expires_in'], 900)
  })

  it('refuses other grants, other content types, and says so where nothing is configured', async () => {
    const url = await start()
    for (const body of ['', 'grant_type=password', 'grant_type=client_credentials&grant_type=password', 'a=b']) {
      assert.equal((await ask(url, right, body)).status, 400, body)
    }
    const json = await ask(url, right, '{"grant_type":"client_credentials"}', { 'content-type': 'application/json' })
    assert.equal(json.status, 415)
    assert.equal((await ask(await start(null), right)).status, 503)
  })

  it('B1 row 34: after five wrong tries a minute it takes none, not even a right one', async () => {
    const url = await start()
    for (let index = 0; index < 5; index++) {
      const answer = await ask(url, wrong)
      assert.equal(answer.status, 401)
      assert.equal(answer.headers.get('www-authenticate'), 'Basic')
    }
    for (const authorization of [wrong, right]) {
      const answer = await ask(url, authorization)
      assert.equal(answer.status, 429)
      assert.equal(answer.headers.get('retry-after'), '60')
      assert.deepEqual(await answer.json(), { error: 'rate_limited' })
    }
  })

  it('B1 row 34: lets no more through when they all come at once', async () => {
    const url = await start()
    const answers = await Promise.all(Array.from({ length: 30 }, () => ask(url, wrong)))
    const statuses = answers.map(({ status }) => status)
    assert.equal(statuses.filter((status) => status === 401).length, 5)
    assert.equal(statuses.filter((status) => status === 429).length, 25)
  })

  it('does not count right ones', async () => {
    const url = await start()
    const answers = await Promise.all(Array.from({ length: 30 }, () => ask(url, right)))
    assert.ok(answers.every(({ status }) => status === 200))
  })

  it('B1 row 7: refuses two Authorization headers', async () => {
    const url = await start()
    const request = httpRequest(url, { method: 'POST', headers: form })
    request.setHeader('authorization', [right, wrong])
    request.end('grant_type=client_credentials')
    const [response] = await once(request, 'response')
    response.resume()
    assert.equal(response.statusCode, 401)
  })
})

import assert from 'node:assert/strict'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { after, before, describe, it } from 'node:test'
import { createIncodeTokens } from '../../../server/auth/incode-token.ts'
import { EVENTS } from '../../../server/sandbox/events.ts'
import { createIncodeReceiver } from '../../../server/vendors/incode.ts'
import type { ParsedDelivery, Receiver } from '../../../server/vendors/receiver.ts'
import { createSeonReceiver } from '../../../server/vendors/seon.ts'
import { createSeonFraudReceiver } from '../../../server/vendors/seon-fraud.ts'
import { createSeonIdvReceiver } from '../../../server/vendors/seon-idv.ts'
import { closeServer, listen, type RunningSandbox, SECRETS, startSandbox } from './helpers/start-sandbox.ts'

/** The sandbox imports nothing of the doors and they nothing of it: here the two meet. */
describe('what the sandbox sends, at our own doors', () => {
  const environment = 'sandbox'
  const licenseKeys = [{ environment, key: SECRETS.fraudLicenseKey }] as const
  const tokens = createIncodeTokens({
    client: { id: SECRETS.incodeClientId, secret: SECRETS.incodeClientSecret },
    key: new Uint8Array(32).fill(7),
  })
  const receivers: Receiver[] = [
    createSeonReceiver({ secrets: [SECRETS.seon], environment }),
    createSeonIdvReceiver({ secrets: [SECRETS.seon], licenseKeys, environment }),
    createSeonFraudReceiver({ licenseKeys }),
    createIncodeReceiver({ environment, tokens, header: null, confirms: false }),
  ]
  let running: RunningSandbox
  let door: Awaited<ReturnType<typeof listen>>
  let parsed: ParsedDelivery | undefined

  before(async () => {
    door = await listen((request, response) => void receive(request, response))
    running = await startSandbox({ webhookBase: door.url })
  })
  after(async () => {
    await running.close()
    await closeServer(door.server)
  })

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request)
    response.setHeader('content-type', 'application/json')
    if (request.url === '/webhooks/incode/token') {
      const isClient = tokens.isClient(request.headers.authorization ?? '')
      response.writeHead(isClient ? 200 : 401).end(JSON.stringify(await tokens.issue()))
      return
    }
    const receiver = receivers.find(({ path }) => path === request.url)
    const verdict = await receiver?.verify({ body, rawHeaders: request.rawHeaders })
    if (verdict?.ok === true) parsed = receiver?.parse(body)
    response.writeHead(verdict?.ok === true ? 200 : 401).end('{}')
  }

  for (const [event, { statuses }] of Object.entries(EVENTS).filter(([name]) => name !== 'ping'))
    it(`${event} is let in and understood, with every status`, async () => {
      for (const status of statuses) {
        const attempt = await running.sandbox.trigger(event, { status, userId: 'u-1', count: 2 })
        assert.equal(attempt.status, 200, status)
        assert.equal(parsed?.recognised, true)
        assert.ok(parsed.reports.length > 0)
        for (const report of parsed.reports) {
          assert.equal(report.kind, 'report', `${event} ${status}`)
          assert.notEqual(report.subject, null)
        }
      }
    })

  it('the two IDV forms are understood at both doors', async () => {
    for (const event of ['idv/session_finished', 'idv:session_finished']) {
      await running.sandbox.trigger(event, { source: 'seon-idv', status: 'DECLINED' })
      const [report] = parsed?.reports ?? []
      assert.equal(report?.status, 'declined')
      assert.equal(report?.subject?.type, 'session')
      assert.ok(report?.checks?.some(({ group, result }) => group === 'face_match' && result === 'fail'))
    }
  })
})

import { Agent, type OutgoingHttpHeaders, request } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { type Fact, type Hint, type Init, toDelivery, type VendorFact } from '../oracle/facts.ts'
import type { Random } from './random.ts'

/** What one sender has had acknowledged. */
export interface Ledger {
  /** Each once, in the order of acknowledgement. */
  acknowledged: Fact[]
  /** Requests that were answered 200, redeliveries included. */
  answers: number
  /** Requests that were not: refused, cut off, 5xx. */
  failures: number
}

export interface SenderDeps {
  /** Where the servers listen; any may be down at any time. */
  urls: readonly string[]
  random: Random
  /** Called the moment that a 200 begins to arrive from that server. */
  onFirstByte: (url: string) => void
}

/** Between two deliveries of one sender, ms, so that a run of hours stays one that can be audited. */
const PACE_MS = 60
/** Until a failed one is sent again, ms: SEON's schedule of minutes and hours, for servers that are back in a second. */
const RETRY_MS = 60
/** A connection that says nothing for this long is given up, ms: as SEON does. */
const PATIENCE_MS = 30_000
/** Of deliveries, how many are sent again although they were acknowledged. */
const REDELIVERED = 0.2

const ORIGIN = 'https://shop.example'

interface Answer {
  status: number
  /** Null where it was cut off. */
  body: Promise<string | null>
}

/** Sends one thing after the other, each until it is acknowledged, as vendors, pages and browsers do. */
export function createSender({ urls, random, onFirstByte }: SenderDeps) {
  const agent = new Agent({ keepAlive: true, maxSockets: 2 })
  const ledger: Ledger = { acknowledged: [], answers: 0, failures: 0 }
  const statusTokens = new Map<string, string>()

  /** Until a 200 (or 204) begins to arrive, which is what counts, whatever becomes of the rest of it. */
  async function post(path: string, body: Buffer, headers: OutgoingHttpHeaders, needsBody = false): Promise<string> {
    for (;;) {
      const url = random.pick(urls)
      const answer = await postOnce(`${url}${path}`, body, headers, agent).catch(() => null)
      if (answer?.status === 200) onFirstByte(url)
      const text = answer === null ? null : await answer.body
      if (answer !== null && (answer.status === 200 || answer.status === 204)) {
        ledger.answers += 1
        if (!needsBody || text !== null) return text ?? ''
      } else if (answer !== null && answer.status < 500 && answer.status !== 429) {
        throw new Error(`${path} answered ${answer.status}: ${text}`)
      }
      ledger.failures += 1
      await delay(random.below(RETRY_MS))
    }
  }

  async function deliver(fact: VendorFact): Promise<void> {
    const { source, body, headers } = toDelivery(fact)
    const [name = '', value = ''] = headers
    await post(`/webhooks/${source}`, body, { [name]: value, 'Content-Type': 'application/json' })
  }

  async function start(fact: Init): Promise<void> {
    const json = { 'Content-Type': 'application/json', Origin: ORIGIN }
    // SEON, as played here, names the run after the address.
    const inputs = { userId: fact.user, email: `${fact.run}@example.com` }
    const text = await post('/api/init-verification', Buffer.from(JSON.stringify(inputs)), json, true)
    const answer: unknown = JSON.parse(text)
    if (typeof answer !== 'object' || answer === null || !('statusToken' in answer)) throw new Error(`answered ${text}`)
    statusTokens.set(fact.run, String(answer.statusToken))
  }

  async function hint(fact: Hint): Promise<void> {
    const token = statusTokens.get(fact.run)
    const headers = { 'Content-Type': 'application/json', Origin: ORIGIN, Authorization: `Bearer ${token}` }
    await post('/api/progress', Buffer.from(JSON.stringify({ event: fact.hint })), headers)
  }

  async function send(fact: Fact): Promise<void> {
    if (fact.kind === 'init') await start(fact)
    else if (fact.kind === 'hint') await hint(fact)
    else await deliver(fact)
  }

  return {
    ledger,
    /** Sends all of it, some of it more than once. */
    async play(facts: readonly Fact[]): Promise<void> {
      for (const [index, fact] of facts.entries()) {
        await delay(random.below(PACE_MS))
        await send(fact)
        ledger.acknowledged.push(fact)
        const again = random.pick(facts.slice(0, index + 1))
        if (random.chance(REDELIVERED) && again.kind !== 'init' && again.kind !== 'hint') await send(again)
      }
    },
    close: () => agent.destroy(),
  }
}

function postOnce(url: string, body: Buffer, headers: OutgoingHttpHeaders, agent: Agent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers, agent, timeout: PATIENCE_MS }, (response) => {
      const read = new Promise<string | null>((done) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => done(Buffer.concat(chunks).toString()))
        response.on('error', () => done(null))
        response.on('close', () => done(null))
      })
      resolve({ status: response.statusCode ?? 0, body: read })
    })
    sent.on('timeout', () => sent.destroy(new Error('no answer')))
    sent.on('error', reject)
    sent.end(body)
  })
}

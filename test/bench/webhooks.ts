import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import { sign } from '../../server/vendors/signature.ts'

export const WEBHOOK_SECRET = 'a-webhook-secret-for-measuring'

export interface Sent {
  /** From the request's first byte to the answer's last, ms. */
  ms: number
  status: number
}

export interface WebhookSender {
  /** About a run of its own, or the one that is named. */
  send(executionId?: string): Promise<Sent>
  close(): void
}

/** Sends signed webhooks over connections that stay open, as a vendor's do; each is about a run of its own. */
export function createWebhookSender(serverUrl: string): WebhookSender {
  const agent = new Agent({ keepAlive: true })
  const url = new URL('/webhooks/seon', serverUrl)

  function send(executionId: string = randomUUID()): Promise<Sent> {
    const body = JSON.stringify({
      event: 'orchestration/workflow_execution_finished',
      timestamp: new Date().toISOString(),
      data: { id: executionId, workflow: { id: 'bench', name: 'Bench' }, status: 'APPROVED' },
    })
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'seon-signature': sign(body, WEBHOOK_SECRET).toString('hex'),
    }
    const startedAt = performance.now()
    return new Promise((resolve, reject) => {
      const sending = request(url, { method: 'POST', agent, headers }, (response) => {
        response.resume().on('end', () => {
          resolve({ ms: performance.now() - startedAt, status: response.statusCode ?? 0 })
        })
      })
      sending.on('error', reject).end(body)
    })
  }

  return { send, close: () => agent.destroy() }
}

/**
 * Webhooks at an even pace, by the clock and not by what was answered: a slow server does not get fewer. Resolves once all are
 * answered, with when each was sent (ms of this process's clock) by execution id, and the answers.
 */
export async function sendSteadily(
  sender: WebhookSender,
  { perSecond, ms }: { perSecond: number; ms: number },
): Promise<{ sentAt: ReadonlyMap<string, number>; answers: Sent[] }> {
  const sentAt = new Map<string, number>()
  const answers: Promise<Sent>[] = []
  const begunAt = performance.now()
  const total = (ms / 1000) * perSecond
  while (sentAt.size < total) {
    const due = Math.min(total, Math.ceil(((performance.now() - begunAt) / 1000) * perSecond))
    while (sentAt.size < due) {
      const id = randomUUID()
      sentAt.set(id, performance.now())
      answers.push(sender.send(id))
    }
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  return { sentAt, answers: await Promise.all(answers) }
}

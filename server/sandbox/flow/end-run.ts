import type { SandboxClock } from '../clock.ts'
import type { Chaos } from '../delivery/chaos.ts'
import type { Sender } from '../delivery/sender.ts'
import { buildExecutionEvent } from '../payloads/seon-events.ts'
import type { Run } from '../runs.ts'
import type { SandboxSettings } from '../settings.ts'
import { type End, listEndWebhooks, STATUS_OF_END } from './ends.ts'

export interface EndRunDeps {
  chaos: Chaos
  clock: SandboxClock
  settings: SandboxSettings
  sender: Sender
}

/**
 * Ends a run and sends its webhooks over the next `webhookDelayMs`, whatever becomes of the browser.
 * Resolves once each has been tried once.
 */
export async function endRun(run: Run, end: End, { chaos, clock, settings, sender }: EndRunDeps): Promise<void> {
  run.status = STATUS_OF_END[end]
  run.endedAt = new Date(clock.now()).toISOString()
  const webhooks = listEndWebhooks(end, run)
  const tries = webhooks.map((build, index) => {
    const { promise, resolve } = Promise.withResolvers<void>()
    clock.schedule((settings.webhookDelayMs * (index + 1)) / webhooks.length, async () => {
      await sender.send(build(clock.now()))
      resolve()
    })
    return promise
  })
  const revokeMs = end === 'approved' ? chaos.readRevokeMs() : null
  if (revokeMs !== null)
    clock.schedule(settings.webhookDelayMs + revokeMs, async () => {
      run.status = 'DECLINED'
      await sender.send(buildExecutionEvent('updated', run, 'DECLINED', clock.now()))
    })
  await Promise.all(tries)
}

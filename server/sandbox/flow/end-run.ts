import type { SandboxClock } from '../clock.ts'
import type { Run } from '../runs.ts'
import type { SandboxSettings } from '../settings.ts'
import type { Sender } from '../webhooks/sender.ts'
import { type End, listEndWebhooks, STATUS_OF_END } from './ends.ts'

export interface EndRunDeps {
  clock: SandboxClock
  settings: SandboxSettings
  sender: Sender
}

/**
 * Ends a run and sends its webhooks over the next `webhookDelayMs`, whatever becomes of the browser.
 * Resolves once each has been tried once.
 */
export async function endRun(run: Run, end: End, { clock, settings, sender }: EndRunDeps): Promise<void> {
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
  await Promise.all(tries)
}

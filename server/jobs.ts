import type { Logger } from 'pino'
import type { Config } from './config/config.ts'
import { createConfirmations } from './confirm/confirmations.ts'
import { createConfirmer } from './confirm/confirmer.ts'
import { wantConfirmationAgain } from './confirm/want-confirmation.ts'
import type { Inbox } from './inbox/inbox.ts'
import type { Processed } from './inbox/process-deliveries.ts'
import { createProcessor } from './inbox/processor.ts'
import { createQuarantine } from './inbox/quarantine.ts'
import { createRetention } from './inbox/retention.ts'
import type { Spool } from './inbox/spool.ts'
import { createStatusWebhook } from './outbound/status-webhook.ts'
import { createOverdueSweep } from './overdue/overdue-sweep.ts'
import { indexBySource } from './receivers.ts'
import type { Store } from './store/engine/store.ts'
import { createIncodeApi } from './vendors/incode-api.ts'
import type { Receiver } from './vendors/receiver.ts'

/** Something that goes on beside the requests until it is told to stop. */
export interface Job {
  /** Resolves once what is under way has ended. */
  stop(): Promise<void>
}

export interface JobsDeps {
  config: Config
  store: Store
  receivers: readonly Receiver[]
  inbox: Inbox
  /** What holds rows whose time runs out. */
  purgeable: readonly { purge(): Promise<void> }[]
  /** Null where there is nothing to spool for: on SQLite, or without SEON Fraud. */
  spool: Spool | null
  /** Hears of processed deliveries. */
  onProcessed: (processed: readonly Processed[]) => void
  log: Logger
  newId: () => string
  now: () => number
}

/** How often rows whose time is over are deleted, ms. */
const PURGE_EVERY_MS = 60_000

/** Everything that this server does without being asked to. */
export async function startJobs(deps: JobsDeps): Promise<Job> {
  const { config, receivers, spool } = deps
  const bySource = indexBySource(receivers)
  const jobs: Job[] = [
    createProcessor({ ...deps, receivers: bySource }).start(),
    createQuarantine({ ...deps, receivers: bySource }).start(),
    createRetention({ ...deps, rawRetentionDays: config.rawRetentionDays }).start(),
    startPurging(deps),
  ]
  if (spool !== null) jobs.push(spool.start())
  if (config.statusWebhook !== null) {
    jobs.push((await createStatusWebhook({ ...deps, ...config.statusWebhook })).start())
  }
  // Asked by the confirmer below, which exists where there is an API to ask.
  const askIncode = config.incode.api === null ? null : wantConfirmationAgain
  jobs.push(createOverdueSweep({ ...deps, askIncode }).start())
  if (config.incode.api !== null) {
    const confirmations = createConfirmations({ ...deps, environment: config.environment })
    jobs.push(createConfirmer({ ...deps, confirmations, api: createIncodeApi(config.incode.api) }).start())
  }
  return {
    async stop() {
      await Promise.all(jobs.map((job) => job.stop()))
    },
  }
}

function startPurging({ purgeable, log }: JobsDeps): Job {
  const timer = setInterval(() => {
    for (const each of purgeable) {
      each.purge().catch((error: unknown) => log.error({ event: 'purge_failed', err: error }))
    }
  }, PURGE_EVERY_MS)
  return { stop: async () => clearInterval(timer) }
}

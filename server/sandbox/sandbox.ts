import express, { type Express } from 'express'
import { createClock, type SandboxClock } from './clock.ts'
import { createControlApi } from './control/control-api.ts'
import { createFaults } from './faults.ts'
import { createHostedPage } from './flow/hosted-page.ts'
import { createRuns, type Runs, type Workflow } from './runs.ts'
import { createFlowApi } from './seon/flow-api.ts'
import { createInitWorkflow } from './seon/init-workflow.ts'
import { createSettings } from './settings.ts'
import { createTrigger, type Trigger } from './trigger.ts'
import { createSender, type Sender } from './webhooks/sender.ts'
import { createSeonChannel } from './webhooks/seon-channel.ts'

export interface SandboxOptions {
  /** The main server's URL: where webhooks go. A function where the port is not known yet. */
  webhookBase: string | (() => string)
  /** What `init-workflow` expects as `x-api-key`. */
  apiKey: string
  /** Ids are UUIDs in lower case; made-up runs belong to the first. */
  workflows: readonly [Workflow, ...Workflow[]]
  secrets: {
    /** Signs `SEON-Signature`. */
    seon: string
    /** Signs `Digest` of SEON Fraud. */
    fraudLicenseKey: string
    /** What Incode shows at our token endpoint. */
    incodeClientId: string
    incodeClientSecret: string
  }
  /** Ask the SDK for a device hash. Default false, so that nothing leaves this machine. */
  deviceHash?: boolean
  /** Default: real time. */
  clock?: SandboxClock
  /** How long an answer to a webhook is waited for, ms; default: the vendor's own. */
  webhookTimeoutMs?: number
}

export interface Sandbox {
  /** To listen with on 127.0.0.1. `{sandbox}/orchestration-api` stands in for `SEON_BASE_URL`. */
  app: Express
  runs: Runs
  sender: Sender
  /** Sends an event by hand. At start: `trigger('ping')`, as SEON does when a webhook is saved. */
  trigger: Trigger
  /** Stops timers, waits for tries under way (5 s at most); undelivered webhooks are forgotten. */
  close(): Promise<void>
}

/** The vendors, played over HTTP, so that a run without account takes the same path as production. */
export function createSandbox(options: SandboxOptions): Sandbox {
  const { webhookBase, apiKey, workflows, secrets } = options
  const clock = options.clock ?? createClock()
  const settings = createSettings(options.deviceHash ?? false)
  const runs = createRuns(clock.now)
  const faults = createFaults(clock)
  const seonChannel = createSeonChannel(() => secrets.seon, options.webhookTimeoutMs)
  const sender = createSender({
    clock,
    readWebhookBase: typeof webhookBase === 'string' ? () => webhookBase : webhookBase,
    channels: { seon: seonChannel },
  })
  const trigger = createTrigger({ clock, runs, sender, workflows })

  const app = express()
  app.disable('x-powered-by')
  app.use('/orchestration-api', createInitWorkflow({ apiKey, workflows, runs, faults }))
  app.use(createFlowApi({ clock, faults, runs }))
  app.use('/flow', createHostedPage({ clock, faults, runs, sender, settings }))
  app.use('/control', createControlApi({ clock, faults, runs, sender, settings, trigger }))

  return {
    app,
    runs,
    sender,
    trigger,
    async close() {
      await clock.close()
      await sender.close()
    },
  }
}

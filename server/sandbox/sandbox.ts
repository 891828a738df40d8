import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express'
import { createClock, type SandboxClock } from './clock.ts'
import { createControlApi } from './control/control-api.ts'
import { createChaos } from './delivery/chaos.ts'
import { createFraudChannel } from './delivery/fraud-channel.ts'
import { createIncodeChannel } from './delivery/incode-channel.ts'
import { createSender, type Sender } from './delivery/sender.ts'
import { createSeonChannel } from './delivery/seon-channel.ts'
import { createFaults } from './faults.ts'
import { createHostedPage } from './flow/hosted-page.ts'
import { createIncodeApi } from './incode/incode-api.ts'
import { createInterviews } from './incode/interviews.ts'
import { createRuns, type Runs, type Workflow } from './runs.ts'
import type { SandboxSecrets } from './secrets.ts'
import { createFlowApi } from './seon/flow-api.ts'
import { createInitWorkflow } from './seon/init-workflow.ts'
import { createSettings } from './settings.ts'
import { createTrigger, type Trigger } from './trigger.ts'

export interface SandboxOptions {
  /** The main server's URL: where webhooks go. A function where the port is not known yet. */
  webhookBase: string | (() => string)
  /** What `init-workflow` expects as `x-api-key`. */
  apiKey: string
  /** Ids are UUIDs in lower case; made-up runs belong to the first. */
  workflows: readonly [Workflow, ...Workflow[]]
  secrets: SandboxSecrets
  /** Ask the SDK for a device hash. Default false, so that nothing leaves this machine. */
  deviceHash?: boolean
  /** Default: real time. */
  clock?: SandboxClock
  /** How long an answer to a webhook is waited for, ms; default 30 s, as SEON does (the others do not say). */
  webhookTimeoutMs?: number
}

export interface Sandbox {
  /** To listen with on 127.0.0.1. `{sandbox}/orchestration-api` stands in for SEON_BASE_URL, `{sandbox}` for INCODE_API_URL. */
  app: Express
  runs: Runs
  sender: Sender
  /** Sends an event by hand. At start: `trigger('ping')`, as SEON does when a webhook is saved. */
  trigger: Trigger
  /** Stops timers, waits for tries under way (5 s at most); undelivered webhooks are forgotten. */
  close(): Promise<void>
}

/** SEON's (SDK readme 1.7). */
const TIMEOUT_MS = 30_000

/** The vendors, played over HTTP, so that a run without account takes the same path as production. */
export function createSandbox(options: SandboxOptions): Sandbox {
  const { webhookBase, apiKey, workflows, webhookTimeoutMs: timeoutMs = TIMEOUT_MS } = options
  const secrets = { ...options.secrets }
  const clock = options.clock ?? createClock()
  const settings = createSettings(options.deviceHash ?? false)
  const runs = createRuns(clock.now)
  const interviews = createInterviews()
  const faults = createFaults(clock)
  const chaos = createChaos(clock.now)
  const readWebhookBase = typeof webhookBase === 'string' ? () => webhookBase : webhookBase
  const shared = {
    timeoutMs,
    readSecret: () => secrets.seon,
    readLicenseKey: () => secrets.fraudLicenseKey,
    readDigestEncoding: () => settings.digestEncoding,
  }
  const channels = {
    seon: createSeonChannel({ ...shared, path: '/webhooks/seon' }),
    'seon-idv': createSeonChannel({ ...shared, path: '/webhooks/seon-idv' }),
    'seon-fraud': createFraudChannel(shared),
    incode: createIncodeChannel({ clock, readWebhookBase, secrets, timeoutMs }),
  }
  const sender = createSender({ clock, chaos, readWebhookBase, channels })
  const trigger = createTrigger({ clock, interviews, runs, sender, workflows })

  const app = express()
  app.disable('x-powered-by')
  app.use('/orchestration-api', createInitWorkflow({ apiKey, workflows, runs, faults }))
  app.use(createFlowApi({ clock, faults, runs }))
  app.use('/flow', createHostedPage({ chaos, clock, faults, runs, sender, settings }))
  app.use(createIncodeApi({ interviews, secrets }))
  app.use('/control', createControlApi({ chaos, clock, faults, interviews, runs, secrets, sender, settings, trigger }))
  app.use(answerUnknown, answerError)

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

const answerUnknown: RequestHandler = (_request, response) => {
  response.status(404).json({ error: 'not_found' })
}

/** Bodies that cannot be read; anything else is a defect of ours and its stack belongs in no answer. */
const answerError: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  const isUnreadable = error instanceof SyntaxError || (error instanceof Error && 'expose' in error)
  response.status(isUnreadable ? 400 : 500).json({ error: isUnreadable ? 'invalid' : 'internal' })
}

import { once } from 'node:events'
import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import { createApp } from './app.ts'
import { createOperators } from './auth/operators.ts'
import { createOriginRules } from './auth/origins.ts'
import { createStatusTokens } from './auth/status-token.ts'
import { createVerifyUserToken } from './auth/user-token.ts'
import type { Config } from './config.ts'
import { createIds } from './ids.ts'
import { createInbox } from './inbox/inbox.ts'
import { createProcessor } from './inbox/processor.ts'
import { createRefusals } from './inbox/refusals.ts'
import { createTakeStart } from './limits.ts'
import { createChangefeed } from './live/changefeed.ts'
import { createLive } from './live/live.ts'
import { createSandbox } from './sandbox/sandbox.ts'
import { createSecurityHeaders, SEON_ORIGINS } from './security.ts'
import { createKeyedHash } from './store/keyed-hash.ts'
import { readKey } from './store/keys.ts'
import { createRecordInit } from './store/record-init.ts'
import { createStarts } from './store/starts.ts'
import { openStore, type Store } from './store/store.ts'
import { readVerifications } from './store/verifications.ts'
import { createSeonReceiver } from './vendors/seon.ts'
import { createSeonApi } from './vendors/seon-api.ts'
import { createSeonFraudReceiver } from './vendors/seon-fraud.ts'
import { createSeonIdvReceiver } from './vendors/seon-idv.ts'

export interface RunningServer {
  /** Where it listens, e.g. `http://127.0.0.1:3000`. */
  url: string
  /** The sandbox's part; null live. */
  sandbox: { url: string; adminToken: string; signInUrl: string } | null
  /** Answers what is under way, 10 s at most, and lets go of everything. */
  close(): Promise<void>
}

/** Slow senders are cut off: nobody needs this long for headers, or for a body of 2 MiB, ms. */
const HEADERS_WITHIN_MS = 10_000
const REQUEST_WITHIN_MS = 20_000

/** Connections at once: above it new ones are closed, before memory is. */
const MAX_CONNECTIONS = 10_000

/** How long answers under way may take once the server is told to stop, ms. */
const DRAIN_MS = 10_000

/** How often an idle keep-alive connection is looked for while draining, ms; Socket.IO and fetch hold some open. */
const IDLE_SWEEP_MS = 100

/** How often rows whose time is over are deleted, ms. */
const PURGE_EVERY_MS = 60_000

/** Puts everything together and listens. Throws `StoreInUseError`, or the socket's error where a port is taken. */
export async function startServer(options: {
  config: Config
  log: Logger
  now?: () => number
}): Promise<RunningServer> {
  const { config, log, now = Date.now } = options
  const newId = createIds(now)
  const store = await openStore(config.databaseUrl)
  const httpServer = createServer({ headersTimeout: HEADERS_WITHIN_MS, requestTimeout: REQUEST_WITHIN_MS })
  httpServer.maxConnections = MAX_CONNECTIONS
  const sandboxSecrets = await readSandboxSecrets(store)
  const isSandbox = config.environment === 'sandbox'
  const sandboxServer = isSandbox ? createServer() : null
  const sandboxUrl = () => (sandboxServer === null ? null : urlOf(sandboxServer, '127.0.0.1'))
  const publicUrl = () => config.publicUrl ?? urlOf(httpServer, config.host)

  const adminToken = config.adminToken ?? sandboxSecrets.adminToken
  const webhookSecrets =
    isSandbox && config.seon.webhookSecrets.length === 0 ? [sandboxSecrets.webhook] : config.seon.webhookSecrets
  const licenseKeys =
    isSandbox && config.seon.licenseKeys.length === 0
      ? [{ environment: config.environment, key: sandboxSecrets.license }]
      : config.seon.licenseKeys
  const apiKey = config.seon.apiKey ?? sandboxSecrets.apiKey

  const hash = createKeyedHash(await readKey(store.db, 'hash'))
  const statusTokens = createStatusTokens(await readKey(store.db, 'status-token'), now)
  const operators = createOperators({ store, adminToken, apiToken: config.apiToken, now })
  const origins = createOriginRules({ publicUrl, allowedOrigins: config.allowedOrigins })
  const receivers = [
    createSeonReceiver({ secrets: webhookSecrets, environment: config.environment }),
    createSeonIdvReceiver({ secrets: webhookSecrets, licenseKeys, environment: config.environment }),
    createSeonFraudReceiver({ licenseKeys }),
  ]
  const inbox = createInbox({ store, hash, newId, now })
  const processor = createProcessor({
    store,
    receivers: Object.fromEntries(receivers.map((receiver) => [receiver.source, receiver])),
    log,
    now,
  })
  const feed = await createChangefeed({ store, log })
  const starts = createStarts({
    store,
    hash,
    now,
    statusOf: async (id) => (await readVerifications(store.db, [id]))[0]?.status ?? null,
  })
  const shared = { operators, origins, publicUrl, store, log, now, newId, statusTokens }

  httpServer.on(
    'request',
    createApp({
      ...shared,
      config,
      environment: config.environment,
      warnings: config.warnings,
      trustProxy: config.trustProxy,
      receivers,
      inbox,
      refusals: createRefusals({ store, newId, now }),
      hash,
      verifyUserToken: config.userTokenSecret === null ? null : createVerifyUserToken(config.userTokenSecret, now),
      takeStart: createTakeStart(config.initLimits),
      starts,
      seonApi: createSeonApi({
        baseUrl: () => config.seon.baseUrl ?? `${sandboxUrl()}/orchestration-api`,
        apiKey,
        log,
        now,
      }),
      recordInit: createRecordInit({ store, hash, newId, now }),
      sandboxUrl,
      headers: createSecurityHeaders({
        publicUrl,
        vendorOrigins: () => (sandboxServer === null ? SEON_ORIGINS : [sandboxUrl() ?? '']),
      }),
      isReady: () => isStoreUp(store),
    }),
  )
  const live = createLive(httpServer, { ...shared, feed })
  const sandbox =
    sandboxServer === null
      ? null
      : createSandbox({
          webhookBase: () => urlOf(httpServer, config.host),
          apiKey,
          workflows: sandboxWorkflows(config),
          secrets: {
            seon: webhookSecrets[0] ?? '',
            fraudLicenseKey: licenseKeys[0]?.key ?? '',
            incodeClientId: '',
            incodeClientSecret: '',
          },
        })

  const processing = processor.start()
  const purging = setInterval(() => {
    starts.purge().catch((error: unknown) => log.error({ event: 'purge_failed', err: error }))
  }, PURGE_EVERY_MS)

  async function close(): Promise<void> {
    clearInterval(purging)
    await drain(httpServer, () => live.close())
    await sandbox?.close()
    sandboxServer?.closeAllConnections()
    await new Promise((resolve) => (sandboxServer === null ? resolve(undefined) : sandboxServer.close(resolve)))
    await processing.stop()
    await feed.stop()
    await store.close()
  }

  try {
    if (sandboxServer !== null && sandbox !== null) {
      sandboxServer.on('request', sandbox.app)
      await listen(sandboxServer, config.sandboxPort, '127.0.0.1')
    }
    await listen(httpServer, config.port, config.host)
  } catch (error) {
    await close()
    throw error
  }
  const signInUrl = `${publicUrl()}/api/session/link?code=${operators.createLinkCode()}`
  return {
    url: publicUrl(),
    sandbox: isSandbox ? { url: sandboxUrl() ?? '', adminToken, signInUrl } : null,
    close,
  }
}

/** Secrets of a sandbox that were not given: made once and kept with its data, so that a restart changes nothing. */
async function readSandboxSecrets(store: Store) {
  const read = async (name: string) => Buffer.from(await readKey(store.db, `sandbox-${name}`)).toString('hex')
  return {
    adminToken: await read('admin-token'),
    webhook: await read('webhook-secret'),
    license: await read('license-key'),
    apiKey: await read('api-key'),
  }
}

function sandboxWorkflows(config: Config): [{ id: string; name: string }, ...{ id: string; name: string }[]] {
  const named = [...config.seon.workflows].map(([name, id]) => ({ id, name }))
  return [{ id: config.seon.workflowId, name: 'Onboarding' }, ...named]
}

async function listen(server: HttpServer, port: number, host: string): Promise<void> {
  server.listen(port, host)
  await once(server, 'listening')
}

/** The address to reach a listening server from this machine. */
function urlOf(server: HttpServer, host: string): string {
  const address = server.address()
  const port = isTcp(address) ? address.port : 0
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
}

function isTcp(address: string | AddressInfo | null): address is AddressInfo {
  return typeof address === 'object' && address !== null
}

/** Takes no new connections, lets requests under way end, and cuts off what has not ended in time. */
async function drain(server: HttpServer, closeLive: () => Promise<void>): Promise<void> {
  if (!server.listening) return closeLive().catch(() => undefined)
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_SWEEP_MS)
  const deadline = setTimeout(() => server.closeAllConnections(), DRAIN_MS)
  // Closes the sockets, then the HTTP server itself.
  await closeLive()
  clearInterval(idle)
  clearTimeout(deadline)
}

async function isStoreUp(store: Store): Promise<boolean> {
  return store.db
    .selectFrom('keys')
    .select('name')
    .limit(1)
    .execute()
    .then(
      () => true,
      () => false,
    )
}

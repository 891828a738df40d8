import { createServer } from 'node:http'
import type { Logger } from 'pino'
import { createApp } from './app.ts'
import { createAudit } from './audit/audit.ts'
import { createIncodeTokens } from './auth/incode-token.ts'
import { createOidcProvider } from './auth/oidc/oidc-provider.ts'
import { createSignIns } from './auth/oidc/sign-ins.ts'
import { createOperators } from './auth/operators.ts'
import { createOriginRules } from './auth/origins.ts'
import { createGrants } from './auth/sessions/grants.ts'
import { createSessions } from './auth/sessions/sessions.ts'
import { createStatusTokens } from './auth/status-token.ts'
import { createVerifyUserToken } from './auth/user-token.ts'
import { type Config, ConfigError } from './config/config.ts'
import { readSecrets } from './config/secrets.ts'
import { createPatientServer, drain, listen, urlOf } from './http/listening.ts'
import { createSecurityHeaders, SEON_ORIGINS } from './http/security.ts'
import { createIds } from './ids.ts'
import { createInbox } from './inbox/inbox.ts'
import { createRefusals } from './inbox/refusals.ts'
import { createReplay } from './inbox/replay.ts'
import { openSpool, type Spool } from './inbox/spool.ts'
import { startJobs } from './jobs.ts'
import { limitPeers } from './limits/limit-peers.ts'
import { createTakeStart } from './limits/limits.ts'
import { createFollow } from './links/follow.ts'
import { createLinks } from './links/links.ts'
import { createChangefeed } from './live/changefeed.ts'
import { createLive } from './live/live.ts'
import { createMetrics } from './metrics/metrics.ts'
import { createOutbox } from './outbound/outbox.ts'
import type { SessionInfo } from './protocol.ts'
import { createReceiptTokens } from './receipts/receipt-tokens.ts'
import { createReceipts } from './receipts/receipts.ts'
import { createReceivers, indexBySource } from './receivers.ts'
import { createSandbox } from './sandbox/sandbox.ts'
import { openStore } from './store/engine/open-store.ts'
import type { Store } from './store/engine/store.ts'
import { createKeyedHash } from './store/keyed-hash.ts'
import { type KeyName, readKey } from './store/keys.ts'
import { createRecordInit } from './store/projection/record-init.ts'
import { createHistory } from './store/reading/history.ts'
import { createReadStanding } from './store/reading/standing.ts'
import { readVerifications } from './store/reading/verifications.ts'
import { createStarts } from './store/starts.ts'
import { createSeonApi } from './vendors/seon-api.ts'

export interface RunningServer {
  /** Where it listens, e.g. `http://127.0.0.1:3000`. */
  url: string
  /** The sandbox's part; null live. */
  sandbox: { url: string; adminToken: string; apiToken: string | null; signInUrl: string } | null
  /** Answers what is under way, 10 s at most, and lets go of everything. */
  close(): Promise<void>
}

/** Puts everything together and listens. Throws `StoreInUseError`, or the socket's error where a port is taken. */
export async function startServer(options: {
  config: Config
  log: Logger
  now?: () => number
  /** Changes that a page which was away is told one by one; beyond it, a snapshot. For tests. */
  stretchSize?: number
}): Promise<RunningServer> {
  const { config, log, now = Date.now } = options
  const newId = createIds(now)
  const store = await openStore(config.databaseUrl)
  const httpServer = createPatientServer()
  if (config.trustProxy === 0) limitPeers(httpServer)
  const sandboxServer = config.environment === 'sandbox' ? createServer() : null
  const sandboxUrl = () => (sandboxServer === null ? null : urlOf(sandboxServer, '127.0.0.1'))
  const publicUrl = () => config.publicUrl ?? urlOf(httpServer, config.host)

  // Anybody can be approved in the sandbox: what that says must mean nothing live, even where both have had the same store.
  const readOwnKey = (name: KeyName) => readKey(store.db, config.environment === 'sandbox' ? `sandbox-${name}` : name)
  const secrets = await readSecrets(config, store)
  const { incodeClient } = secrets
  const incodeTokens =
    incodeClient === null
      ? null
      : createIncodeTokens({ client: incodeClient, key: await readOwnKey('incode-token'), now })
  const receivers = createReceivers({ config, secrets, incodeTokens })
  const hash = createKeyedHash(await readKey(store.db, 'hash'))
  const statusTokens = createStatusTokens(await readOwnKey('status-token'), now)
  const { environment, oidc } = config
  const grants = createGrants({ adminToken: secrets.adminToken, oidc })
  const sessions = createSessions({ store, environment, grants, now })
  const audit = createAudit({ store, environment, retentionDays: config.auditRetentionDays, newId, now })
  const operators = createOperators({
    store,
    sessions,
    grants,
    audit,
    adminToken: secrets.adminToken,
    apiToken: secrets.apiToken,
    now,
  })
  const oidcProvider = oidc === null ? null : createOidcProvider({ oidc, publicUrl })
  const signIns = createSignIns({ store, now })
  const origins = createOriginRules({ publicUrl, allowedOrigins: config.allowedOrigins })
  const inbox = createInbox({ store, hash, newId, now })
  const hasSpool = store.engine === 'postgres' && secrets.licenseKeys.length > 0
  const spool = hasSpool ? openSpoolAt(config.spoolPath, { inbox, log, newId, now }) : null
  const feed = await createChangefeed({
    store,
    log,
    ...(options.stretchSize === undefined ? {} : { stretchSize: options.stretchSize }),
  })
  const starts = createStarts({
    store,
    hash,
    environment,
    now,
    statusOf: async (id) => (await readVerifications(store.db, [id]))[0]?.status ?? null,
  })
  const metrics = createMetrics({
    store,
    feed,
    outbox: config.statusWebhook === null ? null : createOutbox({ store, now }),
    countSockets: () => live.countSockets(),
    countSpooled: () => spool?.count() ?? 0,
    now,
  })
  const links = createLinks({ store, hash, environment, newId, now })
  const receiptTokens = createReceiptTokens(await readOwnKey('receipt'), now)
  const receipts = createReceipts({ store, tokens: receiptTokens, hash, now })
  const follow = createFollow({ db: store.db, statusTokens, now })
  const shared = { operators, origins, publicUrl, store, log, now, newId, statusTokens, follow }

  httpServer.on(
    'request',
    createApp({
      ...shared,
      grants,
      oidcProvider,
      signIns,
      audit,
      config,
      environment,
      warnings: config.warnings,
      seonPanelUrl: config.seonPanelUrl,
      workflows: nameWorkflows(config),
      trustProxy: config.trustProxy,
      receivers,
      incodeTokens,
      inbox: metrics.observeInbox(spool ?? inbox),
      refusals: metrics.observeRefusals(createRefusals({ store, newId, now })),
      metrics,
      replay: createReplay({ store, receivers: indexBySource(receivers), log, now }),
      hash,
      verifyUserToken: config.userTokenSecret === null ? null : createVerifyUserToken(config.userTokenSecret, now),
      takeStart: createTakeStart(config.initLimits),
      starts,
      links,
      receipts,
      readStanding: createReadStanding({ store, restart: config.restart, environment }),
      seonApi: metrics.observeSeonApi(
        createSeonApi({
          baseUrl: () => config.seon.baseUrl ?? `${sandboxUrl()}/orchestration-api`,
          apiKey: secrets.seonApiKey,
          log,
          now,
        }),
      ),
      recordInit: createRecordInit({ store, hash, newId, now }),
      sandboxUrl,
      embedders: config.allowedOrigins,
      headers: createSecurityHeaders({
        publicUrl,
        allowedOrigins: config.allowedOrigins,
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
          apiKey: secrets.seonApiKey,
          workflows: sandboxWorkflows(config),
          secrets: {
            seon: secrets.webhookSecrets[0] ?? '',
            fraudLicenseKey: secrets.licenseKeys[0]?.key ?? '',
            incodeClientId: incodeClient?.id ?? '',
            incodeClientSecret: incodeClient?.secret ?? '',
            ...(config.incode.api === null
              ? {}
              : { incodeApiKey: config.incode.api.key, incodeApiToken: config.incode.api.token }),
          },
        })

  const jobs = await startJobs({
    config,
    store,
    receivers,
    inbox,
    purgeable: [createHistory({ store, now }), starts, links, receipts, sessions, signIns, audit],
    spool,
    onProcessed: metrics.countProcessed,
    log,
    newId,
    now,
  })

  async function close(): Promise<void> {
    // Before this server stops listening: the sandbox's webhooks under way come here.
    await sandbox?.close()
    await drain(httpServer, () => live.close())
    sandboxServer?.closeAllConnections()
    await new Promise((resolve) => (sandboxServer === null ? resolve(undefined) : sandboxServer.close(resolve)))
    await jobs.stop()
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
    sandbox:
      sandboxServer === null
        ? null
        : { url: sandboxUrl() ?? '', adminToken: secrets.adminToken, apiToken: secrets.apiToken, signInUrl },
    close,
  }
}

/** Found out now, not when PostgreSQL is away. */
function openSpoolAt(path: string, deps: Omit<Parameters<typeof openSpool>[0], 'path'>): Spool {
  try {
    return openSpool({ path, ...deps })
  } catch {
    throw new ConfigError([{ variable: 'SPOOL_PATH', message: 'must name a file that can be written' }])
  }
}

function sandboxWorkflows(config: Config): [{ id: string; name: string }, ...{ id: string; name: string }[]] {
  const named = [...config.seon.workflows].map(([name, id]) => ({ id, name }))
  return [{ id: config.seon.workflowId, name: 'Onboarding' }, ...named]
}

/** Those with a name first: where WORKFLOW_ID has one as well, that is what it is called. */
function nameWorkflows({ seon }: Config): SessionInfo['workflows'] {
  return [...[...seon.workflows].map(([name, id]) => ({ id, name })), { id: seon.workflowId, name: null }]
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

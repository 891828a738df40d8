import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before } from 'node:test'
import express from 'express'
import { SignJWT } from 'jose'
import { pino } from 'pino'
import { createInitVerification } from '../../server/api/init-verification.ts'
import { createResume } from '../../server/api/start/resume.ts'
import { createOriginRules } from '../../server/auth/origins.ts'
import { createStatusTokens, type StatusTokens } from '../../server/auth/status-token.ts'
import { createVerifyUserToken } from '../../server/auth/user-token.ts'
import { readConfig } from '../../server/config/config.ts'
import { createErrorHandler } from '../../server/http/error-handler.ts'
import { createIds } from '../../server/ids.ts'
import { createTakeStart } from '../../server/limits/limits.ts'
import { createLinks } from '../../server/links/links.ts'
import type { Status } from '../../server/protocol.ts'
import { openStore } from '../../server/store/engine/open-store.ts'
import type { Store } from '../../server/store/engine/store.ts'
import { createKeyedHash } from '../../server/store/keyed-hash.ts'
import { createRecordInit } from '../../server/store/projection/record-init.ts'
import { createReadStanding } from '../../server/store/reading/standing.ts'
import { readVerifications } from '../../server/store/reading/verifications.ts'
import { createStarts } from '../../server/store/starts.ts'
import { createSeonApi } from '../../server/vendors/seon-api.ts'
import { listen, stop } from './listen.ts'
import { playJson, type ScriptedUpstream, startUpstream } from './scripted-upstream.ts'

export const API_KEY = 'canary-api-key-7f3a'
export const WORKFLOW = '3f0c1a52-9f0e-4d0b-8a4f-0d5f0f3a7b11'
export const OTHER_WORKFLOW = '9f0c1a52-9f0e-4d0b-8a4f-0d5f0f3a7b12'
export const USER_TOKEN_SECRET = 'a-user-token-secret-of-32-characters'
/** The page that may embed, where the environment is live. */
export const SHOP = 'https://shop.example.com'

const LIVE = {
  SEON_API_KEY: API_KEY,
  SEON_BASE_URL: 'https://seon.example.com',
  PUBLIC_URL: 'https://verify.example.com',
  WORKFLOW_ID: WORKFLOW,
  WORKFLOWS: `full:${OTHER_WORKFLOW}`,
  SEON_WEBHOOK_SECRET: 'a-webhook-secret',
  ADMIN_TOKEN: 'an-admin-token-long-enough',
  ALLOWED_ORIGINS: SHOP,
  USER_TOKEN_SECRET,
  INIT_LIMITS: 'address=1000/m,user=1000/m',
}
export const LIVE_UNSIGNED = { ...LIVE, USER_TOKEN_SECRET: '', ALLOW_UNSIGNED_USERS: '1' }
export const LIVE_SIGNED = LIVE
export const SANDBOX = { INIT_LIMITS: LIVE.INIT_LIMITS, WORKFLOWS: LIVE.WORKFLOWS }

export interface InitServer {
  url: string
  resumeUrl: string
  upstream: ScriptedUpstream
  statusTokens: StatusTokens
  /** All that was logged. */
  logged(): string
  /** What a webhook would do. */
  setStatus(verificationId: string, status: Status): Promise<void>
  close(): Promise<void>
}

/** The route as the server mounts it, on a real store, before a SEON that says what the test tells it to. */
async function startInitServer(store: Store, env: Readonly<Record<string, string>>): Promise<InitServer> {
  const config = readConfig(env)
  const upstream = await startUpstream()
  upstream.plays = [(response) => playJson(200, { data: newRun() })(response)]
  let logged = ''
  const log = pino({}, { write: (line: string) => void (logged += line) })
  const now = Date.now
  const hash = createKeyedHash(new Uint8Array(32))
  const statusTokens = createStatusTokens(new Uint8Array(32), now)
  const app = express()
  app.set('trust proxy', config.trustProxy)
  const deps = {
    config,
    origins: createOriginRules({ publicUrl: () => config.publicUrl ?? url, allowedOrigins: config.allowedOrigins }),
    verifyUserToken: config.userTokenSecret === null ? null : createVerifyUserToken(config.userTokenSecret, now),
    takeStart: createTakeStart(config.initLimits),
    starts: createStarts({
      store,
      hash,
      environment: config.environment,
      now,
      statusOf: async (id) => (await readVerifications(store.db, [id]))[0]?.status ?? null,
    }),
    links: createLinks({ store, hash, environment: config.environment, newId: createIds(now), now }),
    readStanding: createReadStanding({ store, restart: config.restart, environment: config.environment }),
    seonApi: createSeonApi({ baseUrl: upstream.origin, apiKey: config.seon.apiKey ?? API_KEY, log }),
    recordInit: createRecordInit({ store, hash, newId: createIds(now), now }),
    statusTokens,
    sandboxUrl: () => (config.environment === 'sandbox' ? upstream.origin : null),
    log,
  }
  app.use('/api/init-verification', createInitVerification(deps))
  app.use('/api/resume', createResume({ ...deps, store }))
  app.use(createErrorHandler({ log, unexpected: 500 }))
  const server = createServer(app)
  const url = await listen(server)
  return {
    url: `${url}/api/init-verification`,
    resumeUrl: `${url}/api/resume`,
    upstream,
    statusTokens,
    logged: () => logged,
    async setStatus(verificationId, status) {
      await store.db.updateTable('verifications').set({ status }).where('id', '=', verificationId).execute()
    },
    async close() {
      await stop(server)
      await upstream.stop()
    },
  }
}

/** Opens a store for the suite, and starts servers that end with their test. */
export function useInitServers() {
  const servers: InitServer[] = []
  let folder = ''
  let opened: Store | undefined
  const store = () => opened ?? assert.fail('no store yet')
  const start = async (env: Readonly<Record<string, string>>): Promise<InitServer> => {
    const server = await startInitServer(store(), env)
    servers.push(server)
    return server
  }
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'seon-verify-test-'))
    opened = await openStore(`sqlite:${join(folder, 'init.db')}`)
  })
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close()
    await store().db.deleteFrom('starts').execute()
    await store().db.deleteFrom('used_tokens').execute()
  })
  after(async () => {
    await opened?.close()
    await rm(folder, { recursive: true, force: true })
  })
  return { store, start }
}

let runs = 0

function newRun(): { executionId: string; token: string } {
  runs += 1
  return { executionId: `00000000-0000-4000-8000-${String(runs).padStart(12, '0')}`, token: `eu:session-${runs}` }
}

/** As a site's back end makes it; `claims` replaces or adds. */
export function signUserToken(claims: Record<string, unknown> = {}): Promise<string> {
  const exp = Math.floor(Date.now() / 1000) + 300
  return new SignJWT({ sub: 'user-1', jti: crypto.randomUUID(), aud: 'seon-verify', exp, ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode(USER_TOKEN_SECRET))
}

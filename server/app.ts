import { fileURLToPath } from 'node:url'
import compression from 'compression'
import express, { type Express, type RequestHandler } from 'express'
import type { Logger } from 'pino'
import { createDeliveryRoutes } from './api/deliveries.ts'
import { createExportRoutes } from './api/exports.ts'
import { createIncodeTokenEndpoint } from './api/incode-token.ts'
import { createInitVerification, type InitVerificationDeps } from './api/init-verification.ts'
import { createAuditRoutes } from './api/operators/audit.ts'
import { createRevealRoutes } from './api/operators/reveals.ts'
import { createSessionRoutes, type SessionDeps } from './api/operators/session.ts'
import { createSessionListRoutes } from './api/operators/sessions.ts'
import { createProgress } from './api/progress.ts'
import { createReceiptRoutes } from './api/receipts.ts'
import { createSandboxRoutes } from './api/sandbox.ts'
import { createLinkRoute } from './api/start/links.ts'
import { createResume } from './api/start/resume.ts'
import { createStatisticsRoute } from './api/statistics.ts'
import { createStatus } from './api/status.ts'
import { createUserRoute } from './api/user-page.ts'
import { createVerificationRoutes } from './api/verifications.ts'
import { requireRole } from './auth/access.ts'
import type { IncodeTokens } from './auth/incode-token.ts'
import { allowEmbedders, requireEmbedder } from './auth/origins.ts'
import { createEmbedPage } from './http/embed-page.ts'
import { createErrorHandler } from './http/error-handler.ts'
import { HttpError } from './http/errors.ts'
import type { SecurityHeaders } from './http/security.ts'
import { createReceive, type ReceiveDeps } from './inbox/receive.ts'
import type { Replay } from './inbox/replay.ts'
import type { Follow } from './links/follow.ts'
import type { Metrics } from './metrics/metrics.ts'
import type { Receipts } from './receipts/receipts.ts'
import type { Store } from './store/engine/store.ts'
import type { Receiver } from './vendors/receiver.ts'

export interface AppDeps extends SessionDeps, InitVerificationDeps, Omit<ReceiveDeps, 'receiver'> {
  log: Logger
  store: Store
  newId: () => string
  receivers: readonly Receiver[]
  replay: Replay
  receipts: Receipts
  follow: Follow
  /** For the token endpoint that Incode calls; null where it is not configured. */
  incodeTokens: IncodeTokens | null
  headers: SecurityHeaders
  /** ALLOWED_ORIGINS */
  embedders: 'any' | readonly string[]
  /** How many proxies' `X-Forwarded-*` count. */
  trustProxy: number
  metrics: Metrics
  /** Whether this process can take webhooks now. */
  isReady: () => Promise<boolean>
}

/** What the build made. */
const DIST = fileURLToPath(new URL('../dist', import.meta.url))

/** Every route, in order. Listens to nothing, so that it can be mounted in another Express app. */
export function createApp(deps: AppDeps): Express {
  const { headers, origins, log } = deps
  const app = express()
  app.disable('x-powered-by')
  app.set('query parser', 'simple')
  app.set('trust proxy', deps.trustProxy)

  // Webhooks come first: their signatures cover raw bytes, so no parser may run before them.
  app.use('/webhooks/incode/token', headers.api, only('POST'), createIncodeTokenEndpoint({ tokens: deps.incodeTokens }))
  for (const receiver of deps.receivers) {
    const timed = deps.metrics.timeAnswers(receiver.source)
    app.use(receiver.path, timed, headers.api, createReceive({ ...deps, receiver }))
  }
  app.use('/webhooks', headers.api, notFound, createErrorHandler({ log, unexpected: 503 }))

  app.use(compression())
  app.use('/api', headers.api)
  app.use('/api/init-verification', createInitVerification(deps))
  app.use('/api/resume', createResume(deps))
  app.use('/api/links', createLinkRoute(deps))
  app.use('/api/receipts', createReceiptRoutes(deps))
  app.use(
    '/api/progress',
    allowEmbedders(origins, 'POST'),
    requireEmbedder(origins),
    only('POST'),
    createProgress(deps),
  )
  app.use(
    '/api/status',
    allowEmbedders(origins, 'GET'),
    requireEmbedder(origins),
    only('GET'),
    createStatus({ ...deps, readUser }),
  )
  app.use('/api/environment', only('GET'), (_request, response) => response.json({ environment: deps.environment }))
  app.use('/api/session', createSessionRoutes(deps))
  app.use('/api/sessions', createSessionListRoutes(deps))
  app.use('/api/audit', createAuditRoutes(deps))
  app.use('/api/reveals', createRevealRoutes(deps))
  app.use('/api/verifications', createUserRoute(deps), createVerificationRoutes(deps))
  app.use('/api/exports', createExportRoutes(deps))
  app.use('/api/statistics', only('GET'), createStatisticsRoute(deps))
  app.use('/api/deliveries', createDeliveryRoutes(deps))
  if (deps.environment === 'sandbox') app.use('/api/sandbox', createSandboxRoutes(deps))
  app.use('/api', notFound)

  app.get('/healthz', headers.api, (_request, response) => response.json({ ok: true }))
  app.get('/readyz', headers.api, async (_request, response) => {
    const ok = await deps.isReady()
    response.status(ok ? 200 : 503).json({ ok })
  })
  app.use('/metrics', headers.api, only('GET'), requireRole(deps, 'viewer'), async (_request, response) => {
    response.type(deps.metrics.contentType).send(await deps.metrics.render())
  })

  for (const script of ['seon-verify.js', 'seon-verify.classic.js', 'seon-verify.integrity.json'])
    app.get(`/${script}`, headers.script, page(script))
  app.use('/chunks', headers.script, immutable('chunks'))
  app.use('/assets', headers.script, immutable('assets'))
  app.get('/verify/:code', headers.hosted, page('hosted/index.html'))
  app.get('/embed', headers.embed, createEmbedPage({ file: `${DIST}/embed/index.html`, embedders: deps.embedders }))
  app.get('/dashboard', headers.dashboard, page('dashboard/index.html'))
  if (deps.environment === 'sandbox') app.get('/examples', headers.page, page('examples/index.html'))
  app.get('/', headers.page, page('index.html'))
  app.use(headers.api, notFound)
  app.use(createErrorHandler({ log, unexpected: 500 }))
  return app

  /** The user of a user token; null where it is none of ours. */
  async function readUser(token: string): Promise<string | null> {
    if (deps.verifyUserToken === null) return null
    return deps.verifyUserToken(token).then(
      ({ userId }) => userId,
      () => null,
    )
  }
}

const notFound: RequestHandler = () => {
  throw new HttpError(404, 'not_found')
}

function only(method: 'GET' | 'POST'): RequestHandler {
  return (request, _response, next) => {
    if (request.method === method || (method === 'GET' && request.method === 'HEAD')) return next()
    throw new HttpError(405, 'method_not_allowed', {}, { headers: { Allow: method } })
  }
}

/** Files with a hash of themselves in their names. */
function immutable(folder: string): RequestHandler {
  return express.static(`${DIST}/${folder}`, { immutable: true, maxAge: '1y', index: false, redirect: false })
}

/** Files under a lasting name: browsers ask each time whether theirs is the newest. */
function page(file: string): RequestHandler {
  return (_request, response) => response.set('Cache-Control', 'no-cache').sendFile(file, { root: DIST })
}

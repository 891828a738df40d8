import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Router } from 'express'
import type { Logger } from 'pino'
import type { z } from 'zod'
import type { Audit, Recorded } from '../audit/audit.ts'
import { type AccessDeps, operatorOf, requireRole } from '../auth/access.ts'
import { watchSession } from '../auth/watch-session.ts'
import { readAll } from '../export/read-all.ts'
import { type Serializer, serializers } from '../export/serialize.ts'
import { maskUser } from '../personal.ts'
import type { Verification } from '../protocol.ts'
import type { Store } from '../store/engine/store.ts'
import type { KeyedHash } from '../store/keyed-hash.ts'
import { countFound, type VerificationQuery } from '../store/reading/search.ts'
import { readJsonBody, requireJson } from './json-body.ts'
import { parseWith } from './query.ts'
import { exportSchema, toStoreQuery } from './search-query.ts'

/** Filters and a searched text. */
const MAX_BYTES = 16 * 1024

/**
 * `POST /api/exports/verifications` → a file, for admins; `ExportRequest` says what it holds. It ends with the session that asked for
 * it; one that did not come to its end is recorded once more, with how far it came.
 */
export function createExportRoutes(
  deps: AccessDeps & { store: Store; hash: KeyedHash; audit: Audit; log: Logger; now: () => number },
): Router {
  const { store, hash, audit, log, now } = deps
  const router = Router()

  router.post(
    '/verifications',
    requireRole(deps, 'admin'),
    requireJson,
    readJsonBody(MAX_BYTES),
    async (request, response) => {
      const { format, whole, ...asked } = parseWith(exportSchema, request.body)
      const query = toStoreQuery({ ...asked, limit: 1 }, hash)
      const count = query === null ? 0 : await countFound(store, query)
      const detail = { format, whole, ...(count === null ? {} : { rows: count }), ...describeFilters(asked) }
      const operator = operatorOf(request)
      await audit.record({ action: 'exported', operator: operator.name, detail })

      const serializer = serializers[format]
      const name = `verifications-${new Date(now()).toISOString().slice(0, 19).replaceAll(':', '')}Z.${format}`
      response.attachment(name).type(serializer.contentType)
      if (count !== null) response.set('X-Total-Count', String(count))
      let rows = 0
      const write = (page: readonly Verification[]) => {
        rows += page.length
        return serializer.write(whole ? page : page.map(maskUser))
      }
      const session = watchSession(operator, deps)
      try {
        await pipeline(Readable.from(writeAll(serializer, query, write)), response, { signal: session.ended })
      } catch (error) {
        // Who has left needs no answer, and what has begun can have no other: the connection is cut.
        response.destroy()
        const why = session.ended.aborted ? 'session_ended' : isGone(error) ? 'left' : 'failed'
        if (why === 'failed') log.error({ err: error }, 'An export broke off')
        await audit
          .record({ action: 'export_stopped', operator: operator.name, detail: { why, rows } })
          .catch((failure: unknown) => log.error({ err: failure }, 'The end of an export was not recorded'))
      } finally {
        session.stop()
      }
    },
  )

  async function* writeAll(
    serializer: Serializer,
    query: VerificationQuery | null,
    write: (page: readonly Verification[]) => string,
  ): AsyncGenerator<string> {
    yield serializer.begin()
    if (query === null) return
    for await (const page of readAll(store, query)) yield write(page)
  }

  return router
}

/** What was asked for, without what was searched for: that may name a visitor. */
function describeFilters({
  status,
  q,
  email,
  userId,
  vendor,
  workflow,
  environment,
  overdue,
  from,
  to,
}: Omit<z.output<typeof exportSchema>, 'format' | 'whole'>): Recorded['detail'] {
  return {
    ...(status === undefined ? {} : { status: status.join() }),
    ...(vendor === undefined ? {} : { vendor }),
    ...(workflow === undefined ? {} : { workflow }),
    ...(environment === undefined ? {} : { environment }),
    ...(overdue === undefined ? {} : { overdue }),
    ...(from === undefined ? {} : { from: new Date(from).toISOString() }),
    ...(to === undefined ? {} : { to: new Date(to).toISOString() }),
    ...(q === undefined && email === undefined && userId === undefined ? {} : { searched: true }),
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE'
}

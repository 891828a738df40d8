import type { RequestHandler } from 'express'
import { z } from 'zod'
import { readBearer } from '../auth/credentials.ts'
import type { StatusTokens } from '../auth/status-token.ts'
import { HttpError } from '../http/errors.ts'
import { HINTS, type Hint, type Status } from '../protocol.ts'
import type { Db, Store } from '../store/engine/store.ts'
import { applyReports } from '../store/projection/projector.ts'
import type { Report } from '../verification/report.ts'
import { readJsonBody, requireJson } from './json-body.ts'
import { parseWith } from './query.ts'

/** `{event, detail?}` with a completion word or an error code; bytes. */
const MAX_BODY_BYTES = 4096

/** Hints kept of one verification: a visitor who retries all day stays below it, a script does not fill the store. */
const MAX_HINTS = 200

const progressSchema = z.object({
  event: z.enum(HINTS),
  /** A code, never prose: hints come from the browser and are shown to operators. */
  detail: z
    .string()
    .regex(/^[\w.-]{1,64}$/)
    .optional(),
})

/** What a browser's word can move, and how far. An SDK error is a timeline entry, as the visitor may go on. */
const HINTED_STATUS: Readonly<Partial<Record<Hint, Status>>> = {
  started: 'started',
  completed: 'submitted',
  cancelled: 'cancelled',
}

/** `POST /api/progress`, bearer status token → 204: what the visitor's browser says; hints only. */
export function createProgress(deps: {
  store: Store
  statusTokens: StatusTokens
  newId: () => string
  now: () => number
}): RequestHandler[] {
  const { store, statusTokens, newId, now } = deps
  return [
    requireJson,
    readJsonBody(MAX_BODY_BYTES),
    async (request, response) => {
      const bearer = readBearer(request)
      const verificationId = bearer === null ? null : await statusTokens.verify(bearer)
      if (verificationId === null) throw new HttpError(401, 'unauthorized')
      const { event, detail } = parseWith(progressSchema, request.body)
      const status = HINTED_STATUS[event]
      // Looked at before the writer's place is taken: a script that goes on and on must not keep webhooks from it.
      if ((await countHints(store.reader, verificationId)) < MAX_HINTS) {
        await store.transactAlone(async (trx) => {
          const row = await trx
            .selectFrom('verifications')
            .select(['vendor_id', 'environment'])
            .where('id', '=', verificationId)
            .executeTakeFirst()
          if (row === undefined) throw new HttpError(401, 'unauthorized')
          if ((await countHints(trx, verificationId)) >= MAX_HINTS) return
          const hint: Report = {
            id: newId(),
            kind: 'hint',
            source: 'page',
            environment: row.environment,
            subject: { type: 'run', id: row.vendor_id },
            event,
            occurredAt: null,
            receivedAt: now(),
            deliveryId: null,
            ...(status === undefined ? {} : { status }),
            ...(detail === undefined ? {} : { detail }),
          }
          await applyReports(trx, [hint], now())
          await store.wake(trx, 'changes')
        })
      }
      response.status(204).end()
    },
  ]
}

async function countHints(db: Db, verificationId: string): Promise<number> {
  const { hints } = await db
    .selectFrom('reports')
    .select((eb) => eb.fn.countAll<number>().as('hints'))
    .where('verification_id', '=', verificationId)
    .where('kind', '=', 'hint')
    .executeTakeFirstOrThrow()
  return hints
}

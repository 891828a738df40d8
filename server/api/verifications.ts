import { type Request, Router } from 'express'
import { type AccessDeps, requireReader, seesPersonalData } from '../auth/access.ts'
import { HttpError } from '../http/errors.ts'
import { maskUser } from '../personal.ts'
import type { VerificationPage } from '../protocol.ts'
import type { Store } from '../store/engine/store.ts'
import type { KeyedHash } from '../store/keyed-hash.ts'
import { searchVerifications, type VerificationQuery } from '../store/reading/search.ts'
import { readDetail, toVerification } from '../store/reading/verifications.ts'
import { readJsonBody, requireJson } from './json-body.ts'
import { parseWith, term } from './query.ts'
import { listSchema, searchSchema, toStoreQuery, writeSearchCursor } from './search-query.ts'

/** 200 ids of the longest kind and some. */
const MAX_SEARCH_BYTES = 64 * 1024

const show = <T extends { userId: string | null }>(request: Request, item: T): T =>
  seesPersonalData(request) ? item : maskUser(item)

/**
 * For operators and API_TOKEN: `GET /api/verifications` and `POST /api/verifications/search` (the same with what names a
 * person kept out of the address), paged; `GET /api/verifications/:id`, with timeline.
 */
export function createVerificationRoutes(deps: AccessDeps & { store: Store; hash: KeyedHash }): Router {
  const { store, hash } = deps
  const router = Router()
  const isGet = new Set(['GET', 'HEAD'])
  router.use((request, _response, next) => {
    const isSearch = request.path === '/search'
    if (isSearch ? request.method === 'POST' : isGet.has(request.method)) return next()
    throw new HttpError(405, 'method_not_allowed', {}, { headers: { Allow: isSearch ? 'POST' : 'GET' } })
  })
  router.use(requireReader(deps))

  router.get('/', async (request, response) => {
    const asked = parseWith(listSchema, request.query)
    response.json(await readPage(request, toStoreQuery(asked, null)))
  })

  router.post('/search', requireJson, readJsonBody(MAX_SEARCH_BYTES), async (request, response) => {
    const asked = parseWith(searchSchema, request.body)
    response.json(await readPage(request, toStoreQuery(asked, hash)))
  })

  router.get('/:id', async (request, response) => {
    const id = term.safeParse(request.params.id)
    const detail = id.success ? await readDetail(store.reader, id.data) : null
    if (detail === null) throw new HttpError(404, 'not_found')
    response.json(show(request, detail))
  })

  async function readPage(request: Request, query: VerificationQuery | null): Promise<VerificationPage> {
    if (query === null) return { items: [], next: null }
    // One more than asked tells whether there is a next page.
    const rows = await searchVerifications(store, { ...query, limit: query.limit + 1 })
    const items = rows.slice(0, query.limit)
    const last = rows.length > query.limit ? items.at(-1) : undefined
    return {
      items: items.map((row) => show(request, toVerification(row))),
      next: last === undefined ? null : writeSearchCursor(last, query),
    }
  }

  return router
}

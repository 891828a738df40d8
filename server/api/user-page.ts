import { Router } from 'express'
import { type AccessDeps, requireReader, seesPersonalData } from '../auth/access.ts'
import { HttpError } from '../http/errors.ts'
import { maskPersonal, maskUser } from '../personal.ts'
import type { UserPage } from '../protocol.ts'
import type { Store } from '../store/engine/store.ts'
import { readUserHistory } from '../store/reading/user-history.ts'
import { term } from './query.ts'

/** `GET /api/verifications/:id/user` → `UserPage`. */
export function createUserRoute(deps: AccessDeps & { store: Store }): Router {
  const router = Router()
  router.get('/:id/user', requireReader(deps), async (request, response) => {
    const id = term.safeParse(request.params['id'])
    const page = id.success ? await readUserHistory(deps.store.reader, id.data) : null
    if (page === null) throw new HttpError(404, 'not_found')
    response.json(seesPersonalData(request) ? page : maskPage(page))
  })
  return router
}

function maskPage(page: UserPage): UserPage {
  return { ...page, userId: maskPersonal(page.userId), verifications: page.verifications.map(maskUser) }
}

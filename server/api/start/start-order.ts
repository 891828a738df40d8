import type { Request } from 'express'
import { readBearer } from '../../auth/credentials.ts'
import type { OriginRules } from '../../auth/origins.ts'
import { type UserToken, userTokenInvalid, type VerifyUserToken } from '../../auth/user-token.ts'
import type { Config } from '../../config/config.ts'
import { HttpError } from '../../http/errors.ts'
import { isLinkBearer } from '../../links/link-code.ts'
import type { LinkedOrder, Links } from '../../links/links.ts'
import type { ReadStanding } from '../../store/reading/standing.ts'
import { parseInitBody } from '../../vendors/seon-inputs.ts'

/** Long enough that nobody guesses it, as it answers a run's token again; a UUID has 36. */
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{16,255}$/

/** A verification that somebody may have: who, of what kind, with which inputs. Nothing of it has cost anything yet. */
export interface StartOrder extends LinkedOrder {
  userToken: UserToken | null
  /** The hosted link that it came by. */
  linkId: string | null
}

export interface StartOrderDeps {
  config: Pick<Config, 'environment' | 'seon'>
  /** Null where USER_TOKEN_SECRET is not set: user ids are then taken as the page gives them. */
  verifyUserToken: VerifyUserToken | null
  links: Links
  origins: Pick<OriginRules, 'isOwn'>
  readStanding: ReadStanding
}

/** Reads what a page asks to have started; throws 400 `invalid`, 401 `user_token_invalid`, `link_…`, 409 as RESTART says. */
export function createReadStartOrder(deps: StartOrderDeps) {
  const { config, verifyUserToken, links } = deps
  const live = config.environment === 'live'

  async function readUserToken(request: Request): Promise<UserToken | null> {
    if (request.get('Authorization') === undefined) {
      const origin = request.get('Origin')
      // The sandbox's own pages, demo and dashboard, go on as they are while a site's tokens are being tried.
      const isOwn = !live && origin !== undefined && deps.origins.isOwn(origin)
      if (verifyUserToken !== null && !isOwn) throw userTokenInvalid()
      return null
    }
    const token = readBearer(request)
    if (token === null || verifyUserToken === null) throw userTokenInvalid()
    return verifyUserToken(token)
  }

  function readIdentity(request: Request, userToken: UserToken | null, userId: string): string | null {
    const key = request.get('Idempotency-Key')
    if (key !== undefined && !IDEMPOTENCY_KEY.test(key)) {
      throw new HttpError(400, 'invalid', { fields: { 'Idempotency-Key': 'format' } })
    }
    if (userToken !== null) return `sub:${userToken.userId}`
    if (!live) return `user:${userId}`
    return key === undefined ? null : `key:${key}`
  }

  async function readFromPage(request: Request): Promise<StartOrder> {
    const userToken = await readUserToken(request)
    const read = parseInitBody(request.body, { live, token: userToken })
    if (!read.ok) throw new HttpError(400, 'invalid', { fields: read.fields })
    const { inputs } = read
    return {
      inputs,
      workflowId: findWorkflow(config, read.workflow),
      identity: readIdentity(request, userToken, inputs.user_id),
      isProven: userToken !== null || !live,
      userToken,
      linkId: null,
    }
  }

  /** `byLink`: whether it may come from our hosted page. */
  return async (request: Request, { byLink }: { byLink: boolean }): Promise<StartOrder> => {
    const bearer = readBearer(request)
    const order =
      byLink && bearer !== null && isLinkBearer(bearer) ? await links.claim(bearer) : await readFromPage(request)
    if (order.isProven) {
      const { refusal } = await deps.readStanding(order.inputs.user_id, order.workflowId)
      if (refusal !== null) throw new HttpError(409, refusal)
    }
    return order
  }
}

/** The id of a workflow that a page or a token names; 400 `invalid` where WORKFLOWS does not list it. */
export function findWorkflow({ seon }: Pick<Config, 'seon'>, name: string | null): string {
  const id = name === null ? seon.workflowId : seon.workflows.get(name)
  if (id === undefined) throw new HttpError(400, 'invalid', { fields: { workflow: 'unknown_workflow' } })
  return id
}

import type { Selectable } from 'kysely'
import { HttpError } from '../http/errors.ts'
import type { Environment, Status } from '../protocol.ts'
import type { HostedLinkTable } from '../store/engine/schema.ts'
import type { Store } from '../store/engine/store.ts'
import type { KeyedHash } from '../store/keyed-hash.ts'
import { CAME_TO_NOTHING } from '../store/reading/standing.ts'
import type { SeonInputs } from '../vendors/seon-inputs.ts'
import { createLinkCode, openInputs, parseLinkBearer, sealInputs } from './link-code.ts'
import { moveToken } from './move-token.ts'

/** Long enough to find another device, or a quiet place with a document at hand. */
const LIFETIME_MS = 24 * 3_600_000
/** As long as the status token of the page that made the link, and a day. */
const KEPT_MS = 31 * 24 * 3_600_000

/** What a link starts. */
export interface LinkedOrder {
  inputs: SeonInputs
  workflowId: string
  /** Who may be answered a run's tokens again; null: nobody. Naming a user id suffices only in the sandbox. */
  identity: string | null
  /** Whether it is known that the user made it, rather than somebody who has named that user. */
  isProven: boolean
}

/** A link as the page behind it sees it. */
export interface LinkView {
  userId: string
  workflowId: string
  isProven: boolean
  verificationId: string | null
  /** The origin of the page that it was made on. */
  site: string | null
  /** Whether something may be started by it now. */
  isOpen: boolean
}

/**
 * Links to our hosted page, for one person on one device: nothing is begun until the visitor starts there, and once a
 * run begun by it was gone through, the link is good for nothing.
 */
export interface Links {
  /** A newer link of a user who is proven to ask replaces those that were not started. Times are epoch ms. */
  create(
    order: LinkedOrder & { userToken: { jti: string; expiresAt: number } | null; site: string | null },
  ): Promise<{ id: string; code: string; expiresAt: number }>
  /** What to start for a `LinkBearer`, whose device it belongs to from now on. Throws `link_invalid`, `_expired`, `_used`. */
  claim(bearer: string): Promise<LinkedOrder & { userToken: null; linkId: string }>
  /** The same without claiming it, and also when it is done. */
  look(bearer: string): Promise<LinkView>
  /** To be said before others can see the run, so that who follows the link finds it. */
  began(linkId: string, verificationId: string): Promise<void>
  /** Deletes what is not needed any more: inputs as soon as nothing can be started with them. */
  purge(): Promise<void>
}

export interface LinksDeps {
  store: Pick<Store, 'db' | 'transact'>
  hash: KeyedHash
  environment: Environment
  newId: () => string
  now: () => number
}

type Row = Selectable<HostedLinkTable>

export function createLinks({ store, hash, environment, newId, now }: LinksDeps): Links {
  const { db } = store

  /** The link and where its run stands; refuses whoever may not see it. */
  async function find(code: string, deviceHash: string): Promise<{ row: Row; isOpen: boolean }> {
    const row = await db
      .selectFrom('hosted_links')
      .selectAll()
      .where('code_hash', '=', hash('link-code', code))
      .where('environment', '=', environment)
      .executeTakeFirst()
    if (row === undefined) throw new HttpError(404, 'link_invalid')
    if (row.device_hash !== null && row.device_hash !== deviceHash) throw new HttpError(409, 'link_used')
    const status = row.verification_id === null ? null : await readStatus(row.verification_id)
    const isOver = row.expires_at <= now() || row.replaced === 1
    if (isOver && status === null) throw new HttpError(410, 'link_expired')
    return { row, isOpen: !isOver && (status === null || CAME_TO_NOTHING.includes(status)) }
  }

  async function readStatus(id: string): Promise<Status | null> {
    const row = await db.selectFrom('verifications').select('status').where('id', '=', id).executeTakeFirst()
    return row?.status ?? null
  }

  return {
    async create({ inputs, workflowId, identity, isProven, userToken, site }) {
      const id = newId()
      const code = createLinkCode()
      const row: Row = {
        id,
        code_hash: hash('link-code', code),
        environment,
        user_id: inputs.user_id,
        workflow: workflowId,
        inputs: await sealInputs(inputs, code),
        // Nobody comes to a run of another's link by naming the same user.
        identity: isProven && identity !== null ? identity : `link:${id}`,
        proven: isProven ? 1 : 0,
        device_hash: null,
        site,
        verification_id: null,
        replaced: 0,
        created_at: now(),
        expires_at: now() + LIFETIME_MS,
      }
      await store.transact(async (trx) => {
        if (userToken !== null) await moveToken(trx, userToken, id)
        if (isProven) {
          await trx
            .updateTable('hosted_links')
            .set({ replaced: 1, inputs: null })
            .where('user_id', '=', row.user_id)
            .where('environment', '=', environment)
            .where('workflow', '=', workflowId)
            .where('verification_id', 'is', null)
            .execute()
        }
        await trx.insertInto('hosted_links').values(row).execute()
      })
      return { id, code, expiresAt: row.expires_at }
    },
    async claim(bearer) {
      const { code, device } = parseLinkBearer(bearer)
      const deviceHash = hash('link-device', device)
      const { row, isOpen } = await find(code, deviceHash)
      if (!isOpen || row.inputs === null) throw new HttpError(409, 'link_used')
      const { numUpdatedRows } = await db
        .updateTable('hosted_links')
        .set({ device_hash: deviceHash })
        .where('id', '=', row.id)
        .where((eb) => eb.or([eb('device_hash', 'is', null), eb('device_hash', '=', deviceHash)]))
        .executeTakeFirst()
      if (numUpdatedRows === 0n) throw new HttpError(409, 'link_used')
      return {
        inputs: await openInputs(row.inputs, code),
        workflowId: row.workflow,
        identity: row.identity,
        isProven: row.proven === 1,
        userToken: null,
        linkId: row.id,
      }
    },
    async look(bearer) {
      const { code, device } = parseLinkBearer(bearer)
      const { row, isOpen } = await find(code, hash('link-device', device))
      return {
        userId: row.user_id,
        workflowId: row.workflow,
        isProven: row.proven === 1,
        verificationId: row.verification_id,
        site: row.site,
        isOpen,
      }
    },
    async began(linkId, verificationId) {
      await db.updateTable('hosted_links').set({ verification_id: verificationId }).where('id', '=', linkId).execute()
    },
    async purge() {
      await db
        .updateTable('hosted_links')
        .set({ inputs: null })
        .where('inputs', 'is not', null)
        .where((eb) =>
          eb.or([
            eb('expires_at', '<=', now()),
            eb(
              'verification_id',
              'in',
              eb.selectFrom('verifications').select('id').where('status', 'not in', CAME_TO_NOTHING),
            ),
          ]),
        )
        .execute()
      await db
        .deleteFrom('hosted_links')
        .where('created_at', '<=', now() - KEPT_MS)
        .execute()
    },
  }
}

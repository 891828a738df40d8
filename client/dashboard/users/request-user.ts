import * as z from 'zod/mini'
import type { UserEvent, UserPage } from '../../../server/protocol.ts'
import { SOURCES } from '../../../server/protocol.ts'
import type { ApiClient } from '../api/api-client.ts'
import { verification } from '../api/schemas.ts'

const text = z.string()

const userEvent: z.ZodMiniType<UserEvent> = z.object({
  id: text,
  at: text,
  kind: z.enum(['transaction', 'list', 'aml', 'other']),
  source: z.enum(SOURCES),
  event: text,
  detail: z.exactOptional(text),
  transactionId: z.exactOptional(text),
  flags: z.array(text),
  deliveryId: z.exactOptional(text),
  verificationId: z.exactOptional(text),
})

const userPage: z.ZodMiniType<UserPage> = z.object({
  userId: text,
  environment: z.enum(['sandbox', 'live']),
  verifications: z.array(verification),
  events: z.array(userEvent),
  isCut: z.boolean(),
})

/** All that is kept of the user of that verification. Throws an `ApiError`. */
export function requestUser(api: ApiClient, verificationId: string, signal?: AbortSignal): Promise<UserPage> {
  const path = `/api/verifications/${encodeURIComponent(verificationId)}/user`
  return api.request(userPage, path, signal ? { signal } : {})
}

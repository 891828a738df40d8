import * as z from 'zod/mini'
import type {
  AuditPage,
  Changes,
  Check,
  Delivery,
  DeliveryDetail,
  DeliveryPage,
  OperatorSessions,
  ReplayResult,
  Revealed,
  SessionInfo,
  SignedOut,
  SignInWays,
  Snapshot,
  TimelineEntry,
  Verification,
  VerificationDetail,
  VerificationPage,
} from '../../../server/protocol.ts'
import { AUDIT_ACTIONS, OUTCOMES, SOURCES, STATUSES, VENDORS } from '../../../server/protocol.ts'

// zod compiles its checks with `new Function` where it may; this page's Content-Security-Policy forbids that, and would report the try.
z.config({ jitless: true })

const text = z.string()
const maybeText = z.nullable(text)
const count = z.number()
const environment = z.enum(['sandbox', 'live'])
const source = z.enum(SOURCES)
const status = z.enum(STATUSES)

const verificationFields = {
  id: text,
  vendor: z.enum(VENDORS),
  vendorId: text,
  userId: maybeText,
  workflow: maybeText,
  status,
  decidedAt: maybeText,
  createdAt: text,
  updatedAt: text,
  revision: count,
  environment,
  overdue: z.boolean(),
}
export const verification: z.ZodMiniType<Verification> = z.object(verificationFields)

const timelineEntry: z.ZodMiniType<TimelineEntry> = z.object({
  at: text,
  source: z.enum([...SOURCES, 'page', 'server']),
  kind: z.enum(['init', 'hint', 'report', 'unrecognised']),
  status: z.exactOptional(status),
  event: z.exactOptional(text),
  deliveryId: z.exactOptional(text),
  detail: z.exactOptional(text),
})

const check: z.ZodMiniType<Check> = z.object({
  group: z.enum(['document', 'selfie', 'liveness', 'face_match', 'address', 'data', 'duplicates', 'aml']),
  name: text,
  result: z.enum(['pass', 'review', 'fail', 'not_performed', 'unknown']),
  deliveryId: z.exactOptional(text),
})

export const verificationDetail: z.ZodMiniType<VerificationDetail> = z.object({
  ...verificationFields,
  timeline: z.array(timelineEntry),
  checks: z.array(check),
  flags: z.array(text),
  provenance: z.record(text, text),
})

export const verificationPage: z.ZodMiniType<VerificationPage> = z.object({
  items: z.array(verification),
  next: maybeText,
})

const deliveryFields = {
  id: text,
  source,
  receivedAt: text,
  outcome: z.enum(OUTCOMES),
  reason: z.exactOptional(text),
  bytes: count,
  event: z.exactOptional(text),
  verificationId: z.exactOptional(text),
  duplicateOf: z.exactOptional(text),
}
const delivery: z.ZodMiniType<Delivery> = z.object(deliveryFields)

export const deliveryPage: z.ZodMiniType<DeliveryPage> = z.object({ items: z.array(delivery), next: maybeText })

export const deliveryDetail: z.ZodMiniType<DeliveryDetail> = z.object({
  ...deliveryFields,
  body: maybeText,
  hasBody: z.boolean(),
})

export const replayResult: z.ZodMiniType<ReplayResult> = z.object({
  matched: count,
  changed: count,
  skipped: z.exactOptional(count),
  failed: z.exactOptional(count),
})

export const signInWays: z.ZodMiniType<SignInWays> = z.object({ provider: maybeText })

export const signedOut: z.ZodMiniType<SignedOut> = z.object({ signOutUrl: text })

const role = z.enum(['admin', 'viewer'])

export const operatorSessions: z.ZodMiniType<OperatorSessions> = z.object({
  items: z.array(
    z.object({
      id: text,
      operator: text,
      role,
      device: text,
      since: text,
      lastSeen: text,
      expiresAt: text,
      current: z.boolean(),
    }),
  ),
})

export const auditPage: z.ZodMiniType<AuditPage> = z.object({
  items: z.array(
    z.object({
      id: text,
      at: text,
      operator: maybeText,
      action: z.enum(AUDIT_ACTIONS),
      subject: maybeText,
      detail: z.record(text, z.union([text, count, z.boolean()])),
    }),
  ),
  next: maybeText,
})

export const revealed: z.ZodMiniType<Revealed> = z.object({ value: text })

export const sessionInfo: z.ZodMiniType<SessionInfo> = z.object({
  operator: text,
  role,
  environment,
  warnings: z.array(text),
  seonPanelUrl: z.exactOptional(text),
  workflows: z.array(z.object({ id: text, name: maybeText })),
})

const counts = z.record(z.enum([...STATUSES, 'overdue']), count)
/** Its verifications are left alone: whoever keeps rows asks for its own. */
export const snapshot: z.ZodMiniType<Pick<Snapshot, 'revision' | 'counts'>> = z.object({ revision: count, counts })
export const changes: z.ZodMiniType<Changes> = z.object({
  from: count,
  to: count,
  verifications: z.array(verification),
  counts,
  removed: z.exactOptional(z.array(text)),
})

import * as z from 'zod/mini'
import type {
  SandboxAttempt,
  SandboxChaos,
  SandboxClockState,
  SandboxLog,
  SandboxState,
  SandboxSubjects,
} from '../../../server/protocol.ts'
import { SOURCES } from '../../../server/protocol.ts'
import type { ApiClient } from '../api/api-client.ts'
import { post } from '../api/api-client.ts'

// What `/api/sandbox` answers; every function here throws an `ApiError`.

const text = z.string()
const maybeText = z.nullable(text)
const count = z.number()

const chaos: z.ZodMiniType<SandboxChaos> = z.object({
  seed: count,
  duplicate: count,
  reorder: count,
  reorderMs: count,
  delay: count,
  delayMs: count,
  drop: count,
  corrupt: count,
  revoke: count,
  revokeAfterMs: count,
  outageUntil: maybeText,
})

const clock: z.ZodMiniType<SandboxClockState> = z.object({ now: text, aheadMs: count, waiting: count })

const state: z.ZodMiniType<SandboxState> = z.object({
  settings: z.object({
    deviceHash: z.boolean(),
    webhookDelayMs: count,
    webhookFirst: z.boolean(),
    digestEncoding: z.enum(['hex', 'base64']),
  }),
  chaos,
  faults: z.array(z.object({ place: text, fault: text, times: z.nullable(count) })),
  events: z.record(text, z.array(text)),
  sources: z.record(text, z.enum(SOURCES)),
  ends: z.array(text),
  clock,
})

const subjects: z.ZodMiniType<SandboxSubjects> = z.object({
  runs: z.array(z.object({ executionId: text, userId: text, status: text, createdAt: text })),
  interviews: z.array(z.object({ interviewId: text, externalCustomerId: text, status: text })),
})

const attempt: z.ZodMiniType<SandboxAttempt> = z.object({
  at: text,
  source: z.enum(SOURCES),
  event: text,
  requestId: text,
  subject: maybeText,
  attempt: count,
  copy: z.nullable(z.enum(['damaged', 'duplicate'])),
  url: text,
  status: z.nullable(count),
  error: maybeText,
  nextAttemptAt: maybeText,
})
const log: z.ZodMiniType<SandboxLog> = z.object({ attempts: z.array(attempt) })

/** How many subjects to choose from, and how many tries to look back at: what a screen holds, twice over. */
const SHOWN = 50

const ROOT = '/api/sandbox'

export const requestState = (api: ApiClient, signal: AbortSignal): Promise<SandboxState> =>
  api.request(state, ROOT, { signal })

export const requestSubjects = (api: ApiClient, signal?: AbortSignal): Promise<SandboxSubjects> =>
  api.request(subjects, `${ROOT}/runs?limit=${SHOWN}`, signal ? { signal } : {})

export const requestLog = (api: ApiClient, signal: AbortSignal): Promise<SandboxLog> =>
  api.request(log, `${ROOT}/attempts?limit=${SHOWN}`, { signal })

/** What to send; the sandbox's control API says what each means. */
export interface SandboxTrigger {
  event: string
  status?: string
  userId?: string
  executionId?: string
  interviewId?: string
  count?: number
  score?: string
  source?: 'seon' | 'seon-idv'
  forged?: 'wrong' | 'missing'
  copies?: number
  holdMs?: number
}

/** Resolves with the first try. */
export const requestTrigger = (api: ApiClient, trigger: SandboxTrigger): Promise<SandboxAttempt> =>
  api.request(attempt, `${ROOT}/trigger`, post(trigger))

export type ChaosChange = Partial<Omit<SandboxChaos, 'outageUntil'>> & { outageMs?: number }

export const requestChaos = (api: ApiClient, change: ChaosChange): Promise<SandboxChaos> =>
  api.request(chaos, `${ROOT}/chaos`, post(change))

export const requestClock = (
  api: ApiClient,
  change: { advanceMs: number } | { reset: true },
): Promise<SandboxClockState> => api.request(clock, `${ROOT}/clock`, post(change))

/** Starts a verification as a page would, and finds its run among the sandbox's. */
export async function requestStart(api: ApiClient, userId: string): Promise<string | null> {
  // Without it the same user's start within ten minutes is answered with the run that is there.
  const headers = { 'content-type': 'application/json', 'Idempotency-Key': crypto.randomUUID() }
  await api.request(z.object({ token: text }), '/api/init-verification', { ...post({ userId }), headers })
  const { runs } = await requestSubjects(api)
  return runs.find((run) => run.userId === userId)?.executionId ?? null
}

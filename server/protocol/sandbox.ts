import type { Source } from './verification.ts'

/**
 * `GET /api/sandbox`, admins, in the sandbox only; its control API (server/sandbox/control) does the work. Beside it, with
 * that API's bodies and answers: `GET /api/sandbox/runs`, `/attempts`, and `POST /api/sandbox/trigger`, `/chaos`, `/clock`,
 * `/settings`, `/faults`, `/runs/:executionId/end`.
 */
export interface SandboxState {
  settings: { deviceHash: boolean; webhookDelayMs: number; webhookFirst: boolean; digestEncoding: 'hex' | 'base64' }
  chaos: SandboxChaos
  faults: { place: string; fault: string; times: number | null }[]
  /** Every event that can be sent, with its statuses (the first is the default; none: it has none). */
  events: Record<string, string[]>
  /** Whose each event is. */
  sources: Record<string, Source>
  /** How a visitor can end a run. */
  ends: string[]
  clock: SandboxClockState
}

/** Shares of webhooks (0 to 1) that meet a mishap, and how long it lasts. */
export interface SandboxChaos {
  seed: number
  duplicate: number
  reorder: number
  reorderMs: number
  delay: number
  delayMs: number
  drop: number
  corrupt: number
  revoke: number
  revokeAfterMs: number
  /** ISO 8601, in the sandbox's time; null: deliveries get through. */
  outageUntil: string | null
}

export interface SandboxClockState {
  /** The sandbox's time, ISO 8601. */
  now: string
  /** How far ahead of real time. */
  aheadMs: number
  /** Deliveries and other things that wait for their time. */
  waiting: number
}

/** What events can be about, newest first. */
export interface SandboxSubjects {
  runs: { executionId: string; userId: string; status: string; createdAt: string }[]
  interviews: { interviewId: string; externalCustomerId: string; status: string }[]
}

/** Every try of every webhook, newest first. */
export interface SandboxLog {
  attempts: SandboxAttempt[]
}

/** One try of one webhook, as a vendor's delivery log shows it. */
export interface SandboxAttempt {
  /** The sandbox's time. */
  at: string
  source: Source
  event: string
  requestId: string
  /** The run, session, interview or user it is about. */
  subject: string | null
  /** 1 is the first; 0: held back, not tried yet. */
  attempt: number
  /** A copy beside the vendor's own try. */
  copy: 'damaged' | 'duplicate' | null
  url: string
  /** HTTP status; null when no answer came. */
  status: number | null
  /** A network error's code, `TIMEOUT`, `TOKEN_<status>`; or chaos: `HELD`, `DROPPED`, `OUTAGE`. */
  error: string | null
  /** null: delivered or given up. */
  nextAttemptAt: string | null
}

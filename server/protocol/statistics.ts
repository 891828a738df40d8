import type { Source, Status, Vendor } from './verification.ts'

/** Half of the values are at most `medianMs`, 95 % at most `p95Ms`; both within 5 %, as they come from histograms. */
export interface Spread {
  medianMs: number
  p95Ms: number
  /** How many values. */
  count: number
}

/** The figures that are also given for the period before. */
export interface MainFigures {
  /** ISO 8601, rounded outward to whole buckets; `to` is not included. */
  from: string
  to: string
  /** Verifications created in the period, by where they stand now. */
  counts: Record<Status, number>
  /** Of those, the ones whose decision is late now. */
  overdue: number
  /** Verdicts in the period that still stand, whenever their verification was created. */
  decided: { approved: number; review: number; declined: number }
  /** Approved among approved and declined, 0–1; null without either. */
  approvalRate: number | null
  /** From creation to approval or decline, of those decided in the period; null without any. */
  timeToDecision: Spread | null
  /** Of those created in the period, how many came at least so far. `decided`: approved, in review or declined. */
  funnel: { created: number; started: number; submitted: number; decided: number }
}

/**
 * `GET /api/statistics?from=&to=&workflow=&vendor=&environment=`, operators. `from` and `to` in ISO 8601, 400 days apart at
 * most; by default the last 7 days until now. `environment` is the server's own by default, `workflow` a vendor's id.
 */
export interface Statistics extends MainFigures {
  /** 3,600,000 in periods of up to 8 days, 86,400,000 (days of UTC) of up to 100 days, else 604,800,000 (from Mondays). */
  bucketMs: number
  /** By bucket (`at` is its beginning), without gaps: the verdicts that `decided` sums up. */
  decisions: { at: string; approved: number; review: number; declined: number }[]
  /**
   * Of those created in the period, who came to nothing so far, each once. Who is at it right now is still among
   * `beforeStart` or `inFlow`.
   */
  gaveUp: { beforeStart: number; inFlow: number; cancelled: number; abandoned: number; expired: number }
  /**
   * The last that was heard of the same people before they left, most frequent first: `init` (nothing was), a `Hint`, one of
   * the SDK's codes `error_code_1` to `error_code_9`, or the name of a vendor's event.
   */
  gaveUpAt: { step: string; count: number }[]
  /**
   * From the time that a webhook says of itself to its arrival here, by arrival in the period; sources that give no time are
   * absent. Of all webhooks of the environment, whatever `workflow` and `vendor` are.
   */
  webhookLag: ({ source: Source } & Spread)[]
  /** The period of the same length just before. */
  previous: MainFigures
  /** Everything there is to choose from in this environment, whatever the period. */
  workflows: string[]
  vendors: Vendor[]
}

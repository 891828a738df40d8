import { randomBytes, randomUUID } from 'node:crypto'

/** SEON's words for a workflow run (`CANCELLED` is ours: SEON documents no webhook for it). */
export const RUN_STATUSES = [
  'CREATED',
  'RUNNING',
  'APPROVED',
  'REVIEW',
  'DECLINED',
  'EXPIRED',
  'ERROR',
  'ABANDONED',
  'CANCELLED',
] as const
export type RunStatus = (typeof RUN_STATUSES)[number]

export interface Workflow {
  id: string
  name: string
}

/** One workflow run, as SEON would keep it. */
export interface Run {
  executionId: string
  /** What the SDK shows as bearer; `<region>:<rest>`, and the SDK looks its hosts up under the region. */
  token: string
  /** Opens the hosted page, nothing else. */
  pageKey: string
  idvSessionId: string
  /** Every step of a run is a transaction of its own at SEON Fraud. */
  transactionIds: string[]
  workflow: Workflow
  userId: string
  email: string | null
  status: RunStatus
  createdAt: string
  startedAt: string | null
  endedAt: string | null
  /** Whether the SDK posted a device hash; the hash itself is not kept. */
  deviceHash: boolean
  language: string
  theme: unknown
}

export interface Runs {
  create(input: { workflow: Workflow; userId: string; email?: string | null; executionId?: string }): Run
  /** Newest first. */
  list(): Run[]
  findByExecution(executionId: string): Run | undefined
  findByToken(token: string): Run | undefined
  findByPageKey(pageKey: string): Run | undefined
  findNewest(userId?: string): Run | undefined
}

/** The SDK reads letters and digits before the first colon as the region (`/^([a-zA-Z0-9]+):/`, SDK bundle). */
export const REGION = 'sandbox'

/** Memory's limit, far above what one person clicks. */
const MOST_RUNS = 10_000

export function createRuns(now: () => number): Runs {
  const runs: Run[] = []

  return {
    create({ workflow, userId, email = null, executionId = randomUUID() }) {
      const run: Run = {
        executionId,
        token: `${REGION}:${randomBytes(32).toString('base64url')}`,
        pageKey: randomBytes(16).toString('base64url'),
        idvSessionId: randomUUID(),
        transactionIds: [],
        workflow,
        userId,
        email,
        status: 'CREATED',
        createdAt: new Date(now()).toISOString(),
        startedAt: null,
        endedAt: null,
        deviceHash: false,
        language: 'en',
        theme: null,
      }
      runs.unshift(run)
      runs.splice(MOST_RUNS)
      return run
    },
    list: () => [...runs],
    findByExecution: (executionId) => runs.find((run) => run.executionId === executionId),
    findByToken: (token) => runs.find((run) => run.token === token),
    findByPageKey: (pageKey) => runs.find((run) => run.pageKey === pageKey),
    findNewest: (userId) => runs.find((run) => userId === undefined || run.userId === userId),
  }
}

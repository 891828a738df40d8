import type { SandboxClock } from './clock.ts'
import type { Forgery } from './delivery/channel.ts'
import type { Attempt, Sender } from './delivery/sender.ts'
import { EVENTS } from './events.ts'
import type { Interviews, Score } from './incode/interviews.ts'
import type { Run, Runs, Workflow } from './runs.ts'

export interface TriggerOptions {
  /** One of the event's statuses, in any case; default its first. */
  status?: string
  /** About this user's newest run or interview; without any, one is made up. */
  userId?: string
  /** About this run; an unknown id makes one up, as a link made by hand in SEON's panel would. */
  executionId?: string
  /** About this Incode interview; an unknown id makes one up. */
  interviewId?: string
  /** Entries in a Fraud event: the first about the user, the others about invented ones. Default 1. */
  count?: number
  /** What Incode's `get/score` says about the interview from now on. Default OK. */
  score?: Score
  /** IDV events: the door to send to. Default: the newer form to `seon`, the older one to `seon-idv`. */
  source?: 'seon' | 'seon-idv'
  /** Sent as somebody without the secret would; default: signed as the vendor signs. */
  forged?: Forgery
  /** How often it comes, the same bytes under the same id; default once. */
  copies?: number
  /** Held back for so long (ms of the sandbox's time), so that later ones overtake it. */
  holdMs?: number
}

/** There is no such event, or not for this door; `message` says what there is. */
export class UnknownEventError extends Error {}

export interface TriggerDeps {
  clock: SandboxClock
  interviews: Interviews
  runs: Runs
  sender: Sender
  workflows: readonly [Workflow, ...Workflow[]]
}

/** Sends one event by hand and resolves with the first try. Throws `UnknownEventError`, `UnknownStatusError`. */
export type Trigger = (event: string, options?: TriggerOptions) => Promise<Attempt>

export function createTrigger({ clock, interviews, runs, sender, workflows }: TriggerDeps): Trigger {
  function findRun({ executionId, userId }: TriggerOptions): Run {
    const known = executionId === undefined ? runs.findNewest(userId) : runs.findByExecution(executionId)
    const id = executionId === undefined ? {} : { executionId }
    return known ?? runs.create({ workflow: workflows[0], userId: userId ?? 'sandbox-user', ...id })
  }

  return async (name, options = {}) => {
    const event = Object.hasOwn(EVENTS, name) ? EVENTS[name] : undefined
    if (event === undefined) throw new UnknownEventError(`Known events: ${Object.keys(EVENTS).join(', ')}.`)
    const { count = 1, score, source, status } = options
    if (source !== undefined && !/^idv[:/]/.test(name)) throw new UnknownEventError('Only IDV events have two doors.')
    const webhook = event.build(
      {
        findRun: () => findRun(options),
        findInterview: () => interviews.findOrCreate(options),
        at: clock.now(),
        count,
        score,
      },
      status,
    )
    const { copies = 1, forged, holdMs } = options
    const asked = { ...webhook, ...(source && { source }), ...(forged && { forged }) }
    const first = await sender.send(asked, holdMs)
    for (let copy = 1; copy < copies; copy += 1) await sender.repeat(asked)
    return first
  }
}

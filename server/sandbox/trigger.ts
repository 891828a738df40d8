import type { SandboxClock } from './clock.ts'
import { EVENTS } from './events.ts'
import type { Run, Runs, Workflow } from './runs.ts'
import type { Attempt, Sender } from './webhooks/sender.ts'

export interface TriggerOptions {
  /** One of the event's statuses, in any case; default its first. */
  status?: string
  /** About this user's newest run; without any, a run is made up. */
  userId?: string
  /** About this run; an unknown id makes one up, as a link made by hand in SEON's panel would. */
  executionId?: string
}

/** There is no such event; `message` says which there are. */
export class UnknownEventError extends Error {}

export interface TriggerDeps {
  clock: SandboxClock
  runs: Runs
  sender: Sender
  workflows: readonly [Workflow, ...Workflow[]]
}

/** Sends one event by hand and resolves with the first try. Throws `UnknownEventError`, `UnknownStatusError`. */
export type Trigger = (event: string, options?: TriggerOptions) => Promise<Attempt>

export function createTrigger({ clock, runs, sender, workflows }: TriggerDeps): Trigger {
  function findRun({ executionId, userId }: TriggerOptions): Run {
    const known = executionId === undefined ? runs.findNewest(userId) : runs.findByExecution(executionId)
    const id = executionId === undefined ? {} : { executionId }
    return known ?? runs.create({ workflow: workflows[0], userId: userId ?? 'sandbox-user', ...id })
  }

  return async (name, options = {}) => {
    const event = Object.hasOwn(EVENTS, name) ? EVENTS[name] : undefined
    if (event === undefined) throw new UnknownEventError(`Known events: ${Object.keys(EVENTS).join(', ')}.`)
    return sender.send(event.build(() => findRun(options), options.status, clock.now()))
  }
}

/** The sandbox's time: real, but it can be pushed ahead, so that a 26-hour retry schedule can be watched in a second. */
export interface SandboxClock {
  /** Epoch ms. */
  now: () => number
  /** How far ahead of real time, ms. */
  ahead: () => number
  /** Runs `task` after `ms`; the answer takes it back. Tasks of the same instant run in the order they were given. */
  schedule(ms: number, task: () => void | Promise<void>): () => void
  /** Lets `ms` pass at once: every task due on the way is run in order, and waited for, at its own instant. */
  advance(ms: number): Promise<void>
  /** Goes back to real time; what waits keeps its distance. */
  reset(): void
  /** How many tasks wait. */
  pending(): number
  /** Forgets every waiting task and waits for the running ones. */
  close(): Promise<void>
}

interface Task {
  due: number
  run: () => void | Promise<void>
}

/** setTimeout fires at once for anything longer than a signed 32-bit number of ms. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/**
 * @param options.now where time comes from, default `Date.now`
 * @param options.ticking false: time moves by `advance` alone (for tests)
 */
export function createClock(options: { now?: () => number; ticking?: boolean } = {}): SandboxClock {
  const readTime = options.now ?? Date.now
  const ticking = options.ticking ?? true
  let ahead = 0
  let timer: NodeJS.Timeout | undefined
  let tasks: Task[] = []
  const running = new Set<Promise<void>>()

  const now = () => readTime() + ahead

  function start(task: Task): void {
    tasks = tasks.filter((other) => other !== task)
    const run = Promise.resolve()
      .then(task.run)
      .finally(() => running.delete(run))
    running.add(run)
  }

  async function settle(): Promise<void> {
    while (running.size > 0) await Promise.all(running)
  }

  function arm(): void {
    clearTimeout(timer)
    const next = tasks[0]
    if (!ticking || next === undefined) return
    timer = setTimeout(handleTimer, Math.min(Math.max(next.due - now(), 0), LONGEST_TIMER_MS))
  }

  function handleTimer(): void {
    for (const task of tasks.filter((one) => one.due <= now())) start(task)
    arm()
  }

  return {
    now,
    ahead: () => ahead,
    schedule(ms, run) {
      const task = { due: now() + ms, run }
      const index = tasks.findIndex((other) => other.due > task.due)
      tasks.splice(index === -1 ? tasks.length : index, 0, task)
      arm()
      return () => {
        tasks = tasks.filter((other) => other !== task)
        arm()
      }
    },
    async advance(ms) {
      const target = now() + ms
      await settle()
      for (let next = tasks[0]; next !== undefined && next.due <= target; next = tasks[0]) {
        ahead += Math.max(next.due - now(), 0)
        start(next)
        await settle()
      }
      ahead += Math.max(target - now(), 0)
      arm()
    },
    reset() {
      for (const task of tasks) task.due -= ahead
      ahead = 0
      arm()
    },
    pending: () => tasks.length,
    async close() {
      clearTimeout(timer)
      tasks = []
      await settle()
    },
  }
}

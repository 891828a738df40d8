import { type IncomingMessage, ServerResponse } from 'node:http'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'

// Loaded ahead of a server (`--import`) that is to die at a certain point: TORTURE_CRASH=<point>:<n> kills it, as SIGKILL
// does, the n-th time that it comes there. The server itself knows nothing of this.

/** Around the commits of its store, and around the answers to its senders. */
export const CRASH_POINTS = ['before_commit', 'after_commit', 'before_answer', 'after_answer'] as const
export type CrashPoint = (typeof CRASH_POINTS)[number]

const [point, count] = (process.env['TORTURE_CRASH'] ?? '').split(':')
let left = Number(count)

function come(to: CrashPoint): void {
  if (to !== point) return
  left -= 1
  if (left === 0) process.kill(process.pid, 'SIGKILL')
}

const isCommit = (text: unknown): boolean => typeof text === 'string' && /^commit\b/i.test(text)

type Call = (...values: unknown[]) => unknown

/** Puts `around` in a method's place; it gets the method itself, bound, and what it was called with. */
function wrap(target: object, name: string, around: (original: Call, values: unknown[], self: unknown) => unknown) {
  const original: unknown = Reflect.get(target, name)
  if (typeof original !== 'function') throw new TypeError(`no method ${name}`)
  const value = function wrapped(this: unknown, ...values: unknown[]): unknown {
    return around((...given) => Reflect.apply(original, this, given), values, this)
  }
  Object.defineProperty(target, name, { configurable: true, writable: true, value })
}

wrap(DatabaseSync.prototype, 'prepare', (prepare, values) => {
  const statement = prepare(...values)
  if (!isCommit(values[0]) || typeof statement !== 'object' || statement === null) return statement
  wrap(statement, 'run', (run, given) => {
    come('before_commit')
    const result = run(...given)
    come('after_commit')
    return result
  })
  return statement
})

wrap(pg.Client.prototype, 'query', (query, values) => {
  const [first] = values
  const text = typeof first === 'object' && first !== null && 'text' in first ? first.text : first
  if (!isCommit(text)) return query(...values)
  come('before_commit')
  const result = query(...values)
  if (result instanceof Promise) result.then(() => come('after_commit')).catch(() => undefined)
  return result
})

/** Express cuts what it has matched off `url`. */
function isWebhook(request: IncomingMessage): boolean {
  const url: unknown = 'originalUrl' in request ? request.originalUrl : request.url
  return typeof url === 'string' && url.startsWith('/webhooks/')
}

wrap(ServerResponse.prototype, 'end', (end, values, self) => {
  if (self instanceof ServerResponse && self.statusCode === 200 && isWebhook(self.req)) {
    come('before_answer')
    self.on('finish', () => come('after_answer'))
  }
  return end(...values)
})

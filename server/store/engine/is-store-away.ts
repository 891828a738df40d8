/** SQLSTATE classes: connection exception, insufficient resources, operator intervention (PostgreSQL manual, appendix A). */
const AWAY_STATE = /^(?:08|53|57)\w{3}$/

/** Nobody answers at the address, or the way there broke. */
const AWAY_SOCKET = /^(?:ECONN|EPIPE|ETIMEDOUT|EAI_AGAIN|ENOTFOUND|EHOSTUNREACH|ENETUNREACH)/

/** What `pg` says without a code, and we when we cut a silent connection. */
const AWAY_WORDS = /^(?:timeout exceeded when trying to connect|Connection terminated|PostgreSQL does not answer)/

/** SQLite's result codes: BUSY, FULL. */
const AWAY_RESULTS: ReadonlySet<unknown> = new Set([5, 13])

/** Whether the store could not be asked just now, so that the same request may well succeed later. */
export function isStoreAway(error: unknown): error is Error {
  if (!(error instanceof Error)) return false
  if ('errcode' in error && AWAY_RESULTS.has(error.errcode)) return true
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return AWAY_STATE.test(code) || AWAY_SOCKET.test(code) || AWAY_WORDS.test(error.message)
}

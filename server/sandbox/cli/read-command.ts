import { parseArgs } from 'node:util'

/** What to send to the sandbox's control API. */
export interface Command {
  /** Below `/control`. */
  path: string
  body: Record<string, unknown>
  /** The sandbox's, if named. */
  port: string | undefined
}

const MINUTE_MS = 60_000

/** As `parseArgs` wants them: every option but `--reset` and `--help` takes a word. */
const OPTIONS = {
  status: { type: 'string' },
  user: { type: 'string' },
  execution: { type: 'string' },
  interview: { type: 'string' },
  count: { type: 'string' },
  score: { type: 'string' },
  to: { type: 'string' },
  forged: { type: 'string' },
  copies: { type: 'string' },
  hold: { type: 'string' },
  seed: { type: 'string' },
  duplicate: { type: 'string' },
  reorder: { type: 'string' },
  delay: { type: 'string' },
  drop: { type: 'string' },
  corrupt: { type: 'string' },
  revoke: { type: 'string' },
  outage: { type: 'string' },
  advance: { type: 'string' },
  reset: { type: 'boolean' },
  seon: { type: 'string' },
  'license-key': { type: 'string' },
  'incode-secret': { type: 'string' },
  port: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const

/** null: help is asked for. Throws a `TypeError` on options that do not exist. */
export function readCommand(args: readonly string[]): Command | null {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS })
  const [name] = positionals
  if (values.help === true || name === undefined) return null
  const { port } = values
  switch (name) {
    case 'chaos': {
      const { seed, duplicate, reorder, delay, drop, corrupt, revoke, outage } = values
      const shares = numbers({ seed, duplicate, reorder, delay, drop, corrupt, revoke })
      return { path: '/chaos', body: { ...shares, ...inMs('outageMs', outage) }, port }
    }
    case 'clock':
      return { path: '/clock', body: values.reset ? { reset: true } : inMs('advanceMs', values.advance), port }
    case 'rotate': {
      const { seon, 'license-key': fraudLicenseKey, 'incode-secret': incodeClientSecret } = values
      return { path: '/secrets', body: { seon, fraudLicenseKey, incodeClientSecret }, port }
    }
    default: {
      const { status, user, execution, interview, count, score, to, forged, copies, hold } = values
      const about = { status, userId: user, executionId: execution, interviewId: interview, score, source: to, forged }
      return {
        path: '/trigger',
        body: { event: name, ...about, ...numbers({ count, copies }), ...inMs('holdMs', hold) },
        port,
      }
    }
  }
}

function numbers(words: Record<string, string | undefined>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(words).flatMap(([name, word]) => (word === undefined ? [] : [[name, Number(word)]])),
  )
}

function inMs(name: string, minutes: string | undefined): Record<string, number> {
  return minutes === undefined ? {} : { [name]: Math.round(Number(minutes) * MINUTE_MS) }
}

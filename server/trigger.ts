// The command behind `npm run trigger`: makes the running sandbox send a webhook.
import { existsSync, readFileSync } from 'node:fs'
import { parseArgs, parseEnv } from 'node:util'
import { EVENTS } from './sandbox/events.ts'

const DEFAULT_PORT = 3000

const HELP = `Makes the running sandbox send a webhook, signed as its vendor signs.

  npm run trigger -- <event> [--status S] [--user ID] [--execution ID] [--port N]

  --status     one of the event's statuses, the first if left out
  --user       about this user's newest run
  --execution  about this run; an unknown id makes one up
  --port       the sandbox's; else SANDBOX_PORT, else PORT + 1, from the environment or .env

Events and their statuses:

${Object.entries(EVENTS)
  .map(([name, { statuses }]) => `  ${name}\n      ${statuses.join(' ') || 'no status'}`)
  .join('\n')}
`

const { values, positionals } = readArguments()
const [event] = positionals

if (values.help || event === undefined) {
  console.log(HELP)
  process.exit(values.help ? 0 : 2)
}

const url = `http://127.0.0.1:${values.port ?? readPort()}/control/trigger`
const { status, user: userId, execution: executionId } = values
try {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ event, status, userId, executionId }),
  })
  const answer: unknown = await response.json()
  if (response.ok) console.log(JSON.stringify(answer, null, 2))
  else console.error(describeRefusal(answer))
  process.exitCode = response.ok ? 0 : 1
} catch (error) {
  console.error(`No sandbox answers at ${url}. Start it with "npm start", or name its port with --port.`)
  if (process.env['DEBUG']) console.error(error)
  process.exitCode = 1
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        status: { type: 'string' },
        user: { type: 'string' },
        execution: { type: 'string' },
        port: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return process.exit(2)
  }
}

function readPort(): number {
  const file = existsSync('.env') ? parseEnv(readFileSync('.env', 'utf8')) : {}
  const { SANDBOX_PORT, PORT } = { ...file, ...process.env }
  return SANDBOX_PORT ? Number(SANDBOX_PORT) : Number(PORT ?? DEFAULT_PORT) + 1
}

function describeRefusal(answer: unknown): string {
  return typeof answer === 'object' && answer !== null && 'message' in answer
    ? String(answer.message)
    : JSON.stringify(answer)
}

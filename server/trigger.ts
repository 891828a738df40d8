// The command behind `npm run trigger`: steers the running sandbox over its control API.
import { existsSync, readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { HELP } from './sandbox/cli/help.ts'
import { readCommand } from './sandbox/cli/read-command.ts'

/** `PORT` where nothing says otherwise. */
const DEFAULT_PORT = 3000
/** Exit code for a command that cannot be understood. */
const USAGE = 2

process.exitCode = await run(process.argv.slice(2))

async function run(args: readonly string[]): Promise<number> {
  let command: ReturnType<typeof readCommand>
  try {
    command = readCommand(args)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return USAGE
  }
  if (command === null) {
    console.log(HELP)
    return args.length === 0 ? USAGE : 0
  }
  const url = `http://127.0.0.1:${command.port ?? readPort()}/control${command.path}`
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(command.body),
    })
    const answer: unknown = await response.json()
    if (response.ok) console.log(JSON.stringify(answer, null, 2))
    else console.error(describeRefusal(answer))
    return response.ok ? 0 : 1
  } catch {
    console.error(`No sandbox answers at ${url}. Start it with "npm start", or name its port with --port.`)
    return 1
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

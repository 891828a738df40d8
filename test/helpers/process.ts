import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A server in a process of its own. */
export interface ServerProcess {
  child: ChildProcess
  /** What stdout has said, by its first word: `demo`, `dashboard`, `webhooks`, `sandbox`, `sign-in`, `admin-token`, `api-token`. */
  addresses: Readonly<Record<string, string>>
  readStderr(): string
  /** Ends it and answers with its exit code, or the signal that ended it. */
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null>
}

/** How a process that did not come up ended. */
export class StartError extends Error {
  readonly code: number | null
  readonly stderr: string
  constructor(code: number | null, stderr: string) {
    super(`exit ${code}: ${stderr}`)
    this.code = code
    this.stderr = stderr
  }
}

/** Starts a command and waits until it has printed its addresses, or throws a `StartError`. */
export async function startProcess(
  env: Readonly<Record<string, string>>,
  command: readonly [string, ...string[]] = [process.execPath, 'server/main.ts'],
): Promise<ServerProcess> {
  const [file, ...args] = command
  // Nothing of the machine's own configuration, but for what processes need to run.
  const { PATH = '', HOME = '', NODE_COMPILE_CACHE } = process.env
  const child = spawn(file, args, {
    cwd: root,
    env: { PATH, HOME, ...(NODE_COMPILE_CACHE && { NODE_COMPILE_CACHE }), PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let stdout = ''
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const isUp = new Promise<void>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      if (/^webhooks .*$/m.test(stdout) && stdout.endsWith('\n')) resolve()
    })
  })
  const ended = once(child, 'exit')
  const code = await Promise.race([isUp, ended.then(([exit]: unknown[]) => exit)])
  if (code !== undefined) throw new StartError(typeof code === 'number' ? code : null, stderr)
  const lines = stdout.split('\n').map((line) => line.split(' ', 2))
  return {
    child,
    addresses: Object.fromEntries(lines.flatMap(([name, value]) => (name && value ? [[name, value]] : []))),
    readStderr: () => stderr,
    async end(signal) {
      child.kill(signal)
      await ended
      return child.exitCode ?? child.signalCode
    },
  }
}

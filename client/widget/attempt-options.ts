import type { ThemeConfiguration } from '@seontechnologies/seon-orchestration'
import type { InitRequest } from '../../server/protocol.ts'
import { VerifyError } from './failure.ts'
import type { Mode } from './frame/mode.ts'
import type { InitCall } from './init-client.ts'
import type { OwnMessages } from './messages/messages.ts'
import { readText } from './read-text.ts'
import { warnOfMisuse } from './reasons/warn-of-misuse.ts'
import { compareUser } from './standing/compare-user.ts'

/** The element, as far as an attempt goes by what it says. */
export interface AttemptHost extends HTMLElement {
  userId: string | null
  email: string | null
  phoneNumber: string | null
  workflow: string | null
  mode: string
  inputs: Record<string, unknown>
  messages: OwnMessages
  theme: ThemeConfiguration | undefined
}

export interface RunOptions {
  /** Address of the server, without a slash at its end. */
  server: string
  readUserToken: () => Promise<string | undefined>
  mode: Mode
  /** The visitor wants to try although the page cannot give the camera. */
  anyway: boolean
  language: string
  /** An inline frame becomes its child. */
  host: AttemptHost
  popup: Window | null
  /** Aborted when somebody wants it closed. */
  signal: AbortSignal
  /** Closes it, as somebody said so inside the stage. */
  close: () => void
}

/** All that the server is asked with, and about whom, as far as the page says so. Throws `VerifyError`. */
export async function collectCall(options: RunOptions): Promise<InitCall & { about: string }> {
  const { server, host, signal, readUserToken } = options
  const body = collectInputs(host)
  const userToken = await readUserToken().catch((cause: unknown) => {
    throw new VerifyError({ code: 'user_token_missing' }, { cause })
  })
  const userId = readText(host.userId) ?? ''
  const { subject, differs, isBetween } = compareUser({ server, userId }, userToken)
  if (isBetween) throw new VerifyError({ code: 'user_token_mismatch' })
  warnOfMisuse({ mode: host.mode, userId: body.userId, userToken, differs })
  const about = userId || subject
  return { server, body, userToken, idempotencyKey: createKey(), signal, about }
}

/** Attributes win over `inputs`. */
function collectInputs(host: AttemptHost): Partial<InitRequest> {
  const inputs = { ...host.inputs }
  for (const name of ['userId', 'email', 'phoneNumber', 'workflow'] as const) {
    inputs[name] = readText(host[name]) ?? inputs[name]
  }
  return inputs
}

/** `crypto.randomUUID` is younger than the browsers that we serve, and missing on plain HTTP. */
function createKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

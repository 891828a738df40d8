import type { ThemeConfiguration } from '@seontechnologies/seon-orchestration'
import type { InitRequest } from '../../server/protocol.ts'
import { VerifyError } from './failure.ts'
import type { Mode } from './frame/mode.ts'
import type { OwnMessages } from './messages/messages.ts'

/** The element, as far as an attempt goes by what it says. */
export interface AttemptHost extends HTMLElement {
  userId: string | null
  email: string | null
  phoneNumber: string | null
  workflow: string | null
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

/** Attributes win over `inputs`. */
export function collectInputs(host: AttemptHost): Partial<InitRequest> {
  const inputs = { ...host.inputs }
  for (const name of ['userId', 'email', 'phoneNumber', 'workflow'] as const) inputs[name] = host[name] ?? inputs[name]
  return inputs
}

export function readToken({ readUserToken }: RunOptions): Promise<string | undefined> {
  return readUserToken().catch((cause: unknown) => {
    throw new VerifyError('init_user_token_invalid', { cause })
  })
}

/** `crypto.randomUUID` is younger than the browsers that we serve, and missing on plain HTTP. */
export function createKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

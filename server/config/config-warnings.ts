import { isPrivateHost } from './config-values.ts'

/** Settings that work and that an operator should know of; shown on the dashboard and logged at start. */
export type ConfigWarning =
  | 'unsigned_users'
  /** Settings of an account, and no SEON_API_KEY (misspelt, forgotten): this is the sandbox, where anybody may press "approved". */
  | 'sandbox_by_omission'
  | 'seon_base_url_insecure'
  | 'seon_base_url_private'
  | 'public_url_insecure'
  | 'status_webhook_insecure'

/** What of the environment the warnings look at. */
interface Read {
  PUBLIC_URL?: string | undefined
  SEON_API_KEY?: string | undefined
  SEON_BASE_URL?: string | undefined
  STATUS_WEBHOOK_URL?: string | undefined
  USER_TOKEN_SECRET?: string | undefined
}

export function readWarnings(read: Read): ConfigWarning[] {
  const live = read.SEON_API_KEY !== undefined
  const warnings: ConfigWarning[] = []
  if (live && read.USER_TOKEN_SECRET === undefined) warnings.push('unsigned_users')
  if (!live && (read.SEON_BASE_URL !== undefined || read.PUBLIC_URL?.startsWith('https:'))) {
    warnings.push('sandbox_by_omission')
  }
  if (isInsecure(read.SEON_BASE_URL)) warnings.push('seon_base_url_insecure')
  if (isPrivate(read.SEON_BASE_URL)) warnings.push('seon_base_url_private')
  if (live && isInsecure(read.PUBLIC_URL)) warnings.push('public_url_insecure')
  if (isInsecure(read.STATUS_WEBHOOK_URL)) warnings.push('status_webhook_insecure')
  return warnings
}

const isInsecure = (url: string | undefined) => url?.startsWith('http:') === true

const isPrivate = (url: string | undefined) => url !== undefined && isPrivateHost(new URL(url).hostname)

import type { Environment } from '../../server/protocol.ts'

/** `GET /api/environment` */
export function isEnvironmentInfo(value: unknown): value is { environment: Environment } {
  if (typeof value !== 'object' || value === null || !('environment' in value)) return false
  return value.environment === 'sandbox' || value.environment === 'live'
}

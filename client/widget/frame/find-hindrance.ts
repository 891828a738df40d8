import type { FailureCode } from '../failure.ts'

/**
 * Why a camera cannot be used in a frame on this page, whatever the visitor allows; null where nothing is known to stand
 * in the way. Asked before anything is started, and paid for.
 */
export function findHindrance(
  page: Pick<typeof globalThis, 'isSecureContext' | 'navigator' | 'document'>,
): FailureCode | null {
  if (!page.isSecureContext) return 'insecure_page'
  if (!('mediaDevices' in page.navigator)) return 'camera_unsupported'
  return mayGiveCamera(page.document) ? null : 'camera_forbidden'
}

/** Chromium alone tells what the page's policy and the `allow` of the frames around it have left over. */
function mayGiveCamera(document: Document): boolean {
  if (!('featurePolicy' in document)) return true
  const policy: unknown = document.featurePolicy
  if (typeof policy !== 'object' || policy === null || !('getAllowlistForFeature' in policy)) return true
  const { getAllowlistForFeature } = policy
  if (typeof getAllowlistForFeature !== 'function') return true
  const allowed: unknown = getAllowlistForFeature.call(policy, 'camera')
  return !Array.isArray(allowed) || allowed.length > 0
}

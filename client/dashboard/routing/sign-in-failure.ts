import type { SignInFailure } from '../../../server/protocol.ts'
import { SIGN_IN_FAILURES } from '../../../server/protocol.ts'

const NAME = 'sign-in'

/** Why the way by the OpenID provider ended at the form, as the address says it once: a reload forgets it. */
export function takeSignInFailure(): SignInFailure | null {
  const url = new URL(location.href)
  const said = url.searchParams.get(NAME)
  if (said === null) return null
  url.searchParams.delete(NAME)
  history.replaceState(null, '', url)
  return SIGN_IN_FAILURES.find((each) => each === said) ?? null
}

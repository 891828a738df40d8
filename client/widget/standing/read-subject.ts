/**
 * Whom a user token names, unverified: enough to tell the users of a page apart, and for nothing else.
 * Empty where it does not say.
 */
export function readSubject(userToken: string | null | undefined): string {
  try {
    const claims = userToken?.split('.')[1]?.replace(/-/g, '+').replace(/_/g, '/') ?? ''
    const bytes = Uint8Array.from(atob(claims), (byte) => byte.charCodeAt(0))
    const { sub }: { sub?: unknown } = JSON.parse(new TextDecoder().decode(bytes))
    return typeof sub === 'string' ? sub : ''
  } catch {
    return ''
  }
}

/** What the page's content security policy keeps us from. */
export interface Refusal {
  directive: string
  /** The address that was asked for. */
  what: string
}

/** Notices requests to an origin that the policy stops; to whoever made them they fail as if they got lost. */
export function watchRefusals(origin: string, report: (refusal: Refusal) => void): () => void {
  const handle = ({ disposition, effectiveDirective, blockedURI }: SecurityPolicyViolationEvent) => {
    if (disposition === 'enforce' && blockedURI.startsWith(origin)) {
      report({ directive: effectiveDirective, what: blockedURI })
    }
  }
  document.addEventListener('securitypolicyviolation', handle)
  return () => document.removeEventListener('securitypolicyviolation', handle)
}

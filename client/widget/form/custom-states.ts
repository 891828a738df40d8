/** Chromium before 125 had custom states of another spelling, older browsers none. */
const KNOWS_STATES = CSS.supports('selector(:state(x))')

/**
 * Lets style sheets see how the element stands: `seon-verify:state(phase-open)`, and by the attribute `state` where a
 * browser does not know that (`seon-verify[state~=phase-open]`).
 */
export function showStates(host: HTMLElement, internals: ElementInternals | null, names: readonly string[]): void {
  const states = KNOWS_STATES ? internals?.states : undefined
  if (!states) {
    if (host.getAttribute('state') !== names.join(' ')) host.setAttribute('state', names.join(' '))
    return
  }
  for (const name of states) if (!names.includes(name)) states.delete(name)
  for (const name of names) states.add(name)
}

/**
 * What the device check in SEON's SDK wraps at every start, over the last wrapping. It unwraps them once it has examined
 * the browser, which most flows do not ask for.
 */
const WRAPPED: readonly (readonly [object, string])[] = [
  // Wrapped, it is another function: the page's own `eval('name')` would no longer see its local variables.
  [globalThis, 'eval'],
  [Document.prototype, 'getElementById'],
  [Document.prototype, 'querySelector'],
  [Document.prototype, 'querySelectorAll'],
]

/**
 * Remembers what the page has of them, whoever made it. What it returns is to be called as soon as the SDK has started,
 * as they are wrapped in that moment. That returns the undo, which leaves alone what another script has put over it since.
 */
export function keepGlobals(): () => () => void {
  const kept = WRAPPED.map(([owner, name]) => ({ owner, name, own: Reflect.getOwnPropertyDescriptor(owner, name) }))
  return () => {
    const wrapped = kept.map((each) => ({ ...each, wrapper: readValue(each.owner, each.name) }))
    return () => {
      for (const { owner, name, own, wrapper } of wrapped) {
        if (own && readValue(owner, name) === wrapper) Reflect.defineProperty(owner, name, own)
      }
    }
  }
}

function readValue(owner: object, name: string): unknown {
  return Reflect.getOwnPropertyDescriptor(owner, name)?.value
}

/**
 * SEON's SDK takes whatever is called `seon` for SEON's own device check, where a page has one: an element of that id is
 * enough. Anything else has to be out of its sight when it starts. Returns the undo.
 */
export function hideImpostor(): () => void {
  const found: unknown = Reflect.get(globalThis, 'seon')
  if (found === undefined || isDeviceCheck(found)) return () => {}
  const isOwn = Reflect.getOwnPropertyDescriptor(globalThis, 'seon') !== undefined
  Reflect.set(globalThis, 'seon', undefined)
  return () => {
    // An element's id is a property of nobody's; it shows again.
    if (isOwn) Reflect.set(globalThis, 'seon', found)
    else Reflect.deleteProperty(globalThis, 'seon')
  }
}

function isDeviceCheck(found: unknown): boolean {
  return typeof found === 'object' && found !== null && 'init' in found && 'getSession' in found
}

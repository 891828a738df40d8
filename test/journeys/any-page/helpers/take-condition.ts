import type { Frame, JSHandle } from 'playwright-core'

/** Notes how a page is now. What it returns lists, each in a line, what has changed since: nothing, if it is unharmed. */
export async function takeCondition(frame: Frame): Promise<() => Promise<string[]>> {
  const first: JSHandle<Condition> = await frame.evaluateHandle(readCondition)
  return async () => {
    const second = await frame.evaluateHandle(readCondition)
    return frame.evaluate(
      ([before, after]) => {
        const changes: string[] = []
        for (const [what, value] of after) {
          const was = before.get(what)
          if (!Object.is(was, value)) changes.push(`${what}: was ${String(was)}, is ${String(value)}`)
        }
        for (const what of before.keys()) if (!after.has(what)) changes.push(`${what}: gone`)
        return changes
      },
      [first, second] as const,
    )
  }
}

type Condition = Map<string, unknown>

/** All of a page that is not the element's: globals and prototypes by identity, its markup, layout, scroll and storage. */
function readCondition(): Condition {
  const condition: Condition = new Map()
  const noteMembers = (name: string, owner: object) => {
    for (const key of Reflect.ownKeys(owner)) {
      // Frames, which come and go.
      if (owner === window && typeof key === 'string' && /^\d+$/.test(key)) continue
      const { value, get }: Partial<Record<string, unknown>> = { ...Object.getOwnPropertyDescriptor(owner, key) }
      // The values of globals change as a page lives; which there are, and their functions, do not.
      const isPlain = typeof value === 'function' || owner !== window
      condition.set(`${name}.${String(key)}`, isPlain ? (value ?? get) : typeof value)
    }
  }
  noteMembers('window', window)
  noteMembers('document', document)
  noteMembers('navigator', navigator)
  for (const owner of [JSON, Math, Reflect, console, history, location, customElements]) {
    noteMembers(Object.prototype.toString.call(owner), owner)
  }
  for (const name of Object.getOwnPropertyNames(window)) {
    if (!/^[A-Z]/.test(name)) continue
    const made: unknown = Reflect.get(window, name)
    if (typeof made !== 'function') continue
    noteMembers(name, made)
    if (typeof made.prototype === 'object' && made.prototype !== null) noteMembers(`${name}.prototype`, made.prototype)
  }

  for (const [what, value] of Object.entries({
    name: window.name,
    address: location.href,
    history: history.length,
    title: document.title,
    cookie: document.cookie,
    'local storage': localStorage.length,
    scroll: `${scrollX},${scrollY}`,
    'element in full screen': document.fullscreenElement,
  })) {
    condition.set(what, value)
  }
  let number = 0
  for (const node of document.querySelectorAll('*')) {
    if (node.closest('seon-verify')) continue
    number += 1
    const { x, y, width, height } = node.getBoundingClientRect()
    // Index by index: some pages teach arrays other ways.
    let attributes = ''
    for (let index = 0; index < node.attributes.length; index++) {
      const { name, value } = node.attributes.item(index) ?? {}
      attributes += `${name}=${value} `
    }
    const which = `element ${number} <${node.localName}>`
    condition.set(which, attributes)
    condition.set(`${which} at`, `${Math.round(x)},${Math.round(y)} ${Math.round(width)}x${Math.round(height)}`)
    if (node instanceof HTMLInputElement) condition.set(`${which} value`, node.value)
  }
  return condition
}

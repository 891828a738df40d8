export interface FrameWatch {
  /** From now on messages of this window count. `origin` null: the window's address is not ours to read. */
  follow(frame: Window, origin: string | null): void
  stop(): void
}

export interface FrameWatchListener {
  /** Any message of SEON's page, so it is there. */
  spoke(): void
  /** SEON's page says by itself that it is closed. */
  saidClosed(): void
  /** The page's own policy keeps something of SEON's out. */
  blocked(directive: 'frame-src' | 'connect-src', origin: string): void
  /** It keeps something out that SEON's SDK goes on without. */
  hindered(directive: string, what: string): void
}

/**
 * Stands between SEON's page and its SDK, which emits whatever a frame says (vendor facts §4.3): registered first, it
 * stops what the SDK must not hear. It is also the only one who notices that nothing is said at all. `script` is the
 * address of the file that the SDK is in.
 */
export function watchFrame(script: string, listener: FrameWatchListener): FrameWatch {
  let frame: Window | null = null
  let frameOrigin: string | null = null

  const handleMessage = (message: MessageEvent<unknown>) => {
    if (!frame || message.source !== frame) return
    const name = readEventName(message.data)
    if (name === undefined) return
    if (frameOrigin !== null && message.origin !== frameOrigin && !isSeonOrigin(message.origin)) {
      message.stopImmediatePropagation()
      return
    }
    // The SDK says these two itself; from the frame they are a claim, and its own words would be doubted.
    if (name === 'opened' || name === 'closed') message.stopImmediatePropagation()
    listener.spoke()
    if (name === 'closed') listener.saidClosed()
  }

  const handleViolation = (violation: SecurityPolicyViolationEvent) => {
    const { disposition, effectiveDirective, blockedURI, sourceFile } = violation
    // The device check of the SDK tries an event attribute on purpose.
    if (disposition !== 'enforce' || effectiveDirective === 'script-src-attr') return
    const isVital = effectiveDirective === 'frame-src' || effectiveDirective === 'connect-src'
    if (isVital && URL_PATTERN.test(blockedURI)) listener.blocked(effectiveDirective, new URL(blockedURI).origin)
    if (sourceFile === script) listener.hindered(effectiveDirective, blockedURI)
  }

  window.addEventListener('message', handleMessage, true)
  document.addEventListener('securitypolicyviolation', handleViolation)
  return {
    follow(window_, origin) {
      frame = window_
      frameOrigin = origin
    },
    stop() {
      window.removeEventListener('message', handleMessage, true)
      document.removeEventListener('securitypolicyviolation', handleViolation)
    },
  }
}

/** SEON's page may send the visitor on to another host of SEON's. */
export function isSeonOrigin(origin: string): boolean {
  return /^https:\/\/([a-z0-9-]+\.)*seon\.io$/.test(origin)
}

const URL_PATTERN = /^https?:\/\//

function readEventName(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null || !('event' in data)) return undefined
  return typeof data.event === 'string' ? data.event : undefined
}

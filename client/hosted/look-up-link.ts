import type { LinkBearer } from '../../server/protocol.ts'
import { hasOwn } from './has-own.ts'

export type LinkView = 'ready' | 'done' | 'expired' | 'used' | 'invalid' | 'offline'

export interface LinkState {
  view: LinkView
  /** The host on which the visitor began; null where that is not known. */
  site: string | null
}

const VIEWS: Readonly<Record<string, LinkView>> = {
  link_expired: 'expired',
  link_used: 'used',
  link_invalid: 'invalid',
  // By another link, or on the page where it all began.
  already_approved: 'done',
  already_submitted: 'done',
}

/** What a server's error code says about the link; null where it says nothing. */
export function viewOfError(code: unknown): LinkView | null {
  return typeof code === 'string' && hasOwn(VIEWS, code) ? (VIEWS[code] ?? null) : null
}

const OFFLINE: LinkState = { view: 'offline', site: null }

/** Asks the server; begins nothing. */
export async function lookUpLink(bearer: LinkBearer): Promise<LinkState> {
  try {
    const response = await fetch('/api/resume', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${bearer}` },
      body: '{}',
      credentials: 'omit',
    })
    const answer: unknown = await response.json()
    if (typeof answer !== 'object' || answer === null) return OFFLINE
    if (!response.ok) return { view: viewOfError(Reflect.get(answer, 'error')) ?? 'offline', site: null }
    const site: unknown = Reflect.get(answer, 'site')
    return {
      view: Reflect.get(answer, 'mayStart') === false ? 'done' : 'ready',
      site: typeof site === 'string' && site !== location.origin ? new URL(site).host : null,
    }
  } catch {
    return OFFLINE
  }
}

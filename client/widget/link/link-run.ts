import type { StatusMessage } from '../../../server/protocol.ts'
import { collectCall, type RunOptions } from '../attempt-options.ts'
import { type Failure, toFailure, VerifyError } from '../failure.ts'
import { requestStart } from '../init-client.ts'
import { subscribeToStatus } from '../standing/status-feed.ts'
import { createQrCode, type QrCode } from './qr-code.ts'

/** What is on the other device then has nothing more to wait for here. */
const UNDER_WAY: readonly string[] = ['created', 'started', 'processing', 'cancelled']

export type LinkEvent =
  | { type: 'ready'; statusToken: string; about: string }
  /** The link is there to be followed. */
  | { type: 'linked'; link: Link }
  /** The server's word on what was begun by it. */
  | { type: 'status'; status: StatusMessage['status'] }

export interface Link {
  url: string
  code: QrCode
}

/**
 * Asks the server for a link to its own page, where the visitor goes on with another device, and follows what comes of
 * it. Resolves once that is through, or with what went wrong.
 */
export async function runLink(options: RunOptions, report: (event: LinkEvent) => void): Promise<Failure | null> {
  const { server, language, signal } = options
  try {
    const call = await collectCall(options)
    const answer = await requestStart('/api/links', call)
    if (signal.aborted) return null
    const { url, statusToken } = parseLink(answer)
    const address = `${url}?language=${encodeURIComponent(language)}`
    report({ type: 'ready', statusToken, about: call.about })
    report({ type: 'linked', link: { url: address, code: createQrCode(address) } })
    return await follow(server, statusToken, signal, report)
  } catch (error) {
    return toFailure(error)
  }
}

function follow(
  server: string,
  statusToken: string,
  signal: AbortSignal,
  report: (event: LinkEvent) => void,
): Promise<Failure | null> {
  let last: string | undefined
  return new Promise((resolve) => {
    const end = (failure: Failure | null) => {
      stop()
      resolve(failure)
    }
    const stop = subscribeToStatus(server, statusToken, {
      status({ status, link }) {
        if (link === 'expired' || link === 'replaced') return end({ code: 'link_over' })
        if (link || status === last) return
        last = status
        report({ type: 'status', status })
        if (!UNDER_WAY.includes(status)) end(null)
      },
      refused: () => end({ code: 'link_over' }),
    })
    signal.addEventListener('abort', () => end(null))
  })
}

function parseLink(answer: unknown): { url: string; statusToken: string } {
  if (typeof answer === 'object' && answer !== null && 'url' in answer && 'statusToken' in answer) {
    const { url, statusToken } = answer
    // It becomes a link on the page: no other scheme.
    if (typeof url === 'string' && /^https?:/.test(url) && typeof statusToken === 'string') return { url, statusToken }
  }
  throw new VerifyError({ code: 'init_bad_answer' })
}

import type { RunOptions } from './attempt-options.ts'
import type { AttemptEvent } from './attempt-run.ts'
import type { Failure } from './failure.ts'
import type { Mode } from './frame/mode.ts'
import { claimPage } from './frame/page-lock.ts'
import { openPopup } from './frame/popup.ts'
import { directive } from './script-policy.ts'

export type { AttemptEvent } from './attempt-run.ts'

export type AttemptOptions = Omit<RunOptions, 'popup' | 'signal' | 'close'>

/** One click and what comes of it. */
export interface Attempt {
  /** Aborted once somebody has closed it; `closed` is reported soon after. */
  readonly signal: AbortSignal
  /** SEON's frame is a child of the element and part of its page. */
  readonly isInline: boolean
  /** May be called at any time, any number of times. */
  close(): void
  /** Brings the popup to the front again, from a click. */
  showWindow(): void
}

let runner: typeof import('./attempt-run.ts') | undefined

async function loadRunner(): Promise<typeof import('./attempt-run.ts')> {
  runner = await import('./attempt-run.ts')
  return runner
}

/** Fetches SEON's SDK and what goes with it, ahead of the click. What fails here is told at the click. */
export function prepareAttempt(mode: Mode): void {
  Promise.all([loadRunner(), mode === 'link' || import('./orchestration.ts')]).catch(() => {})
}

/**
 * What has to happen in the click itself, as a browser allows windows then only; the rest is loaded on demand. The last
 * event is `closed`, once.
 */
export function beginAttempt(options: AttemptOptions, report: (event: AttemptEvent) => void): Attempt {
  const releasePage = claimPage()
  const popup = releasePage && options.mode === 'popup' ? openPopup() : null
  const aborter = new AbortController()
  const { signal } = aborter
  const close = () => aborter.abort()
  let over = false

  const run = async (): Promise<Failure | null> => {
    if (!releasePage) return { code: 'busy' }
    if (options.mode === 'popup' && !popup) return { code: 'popup_blocked' }
    // Even a module that is there already takes its time to be imported again, and the visitor is waiting.
    const { runAttempt } = runner ?? (await loadRunner())
    return runAttempt({ ...options, popup, signal, close }, (event) => {
      if (!over) report(event)
    })
  }

  const finish = (failure: Failure | null) => {
    if (over) return
    over = true
    popup?.close()
    releasePage?.()
    if (failure && !signal.aborted) report({ type: 'failed', failure })
    report({ type: 'closed' })
  }

  run().then(finish, () => {
    // The browser tells of a violated policy after it has failed the request.
    setTimeout(() => finish(directive ? { code: 'script_blocked', directive } : { code: 'network' }))
  })
  // Whatever hangs, a closed attempt is over.
  signal.addEventListener('abort', () => setTimeout(finish, 0, null))
  return { signal, isInline: options.mode === 'inline', close, showWindow: () => popup?.focus() }
}

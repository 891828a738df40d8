import type { ReceiptResponse } from '../../../server/protocol.ts'
import { postJson } from '../post-json.ts'

/** A receipt lasts at most so long. By a visitor's clock that goes wrong it seemed to last for ever, or no time at all. */
const LONGEST_MS = 10 * 60_000
const SHORTEST_MS = 2 * 60_000
/** So long before its end it counts as stale: a form has to arrive and be checked in that time. */
const MARGIN_MS = 60_000
/** Before the next try, where the server does not answer. */
const RETRY_MS = 15_000
/** A visitor who has just sent a form is waiting for it. */
const LIMIT_MS = 8000

/** What a receipt is given for: a verification, by whoever holds its status token. */
export interface Proof {
  /** Address of the server, without a slash at its end. */
  server: string
  statusToken: string
}

export interface ReceiptKeeper {
  /** In place of one that was used. */
  renew(): Promise<void>
  stop(): void
}

/**
 * Gets a receipt and keeps it good: a new one before it ends, while somebody looks at the page; and at the latest when
 * the form is sent, which then waits for it. One that went out with a form is not sent again.
 */
export function createReceiptKeeper(options: {
  proof: Proof
  /** Where it is redeemed, if not on this page. The server believes that of its own pages alone. */
  forOrigin: string | null
  readForm: () => HTMLFormElement | null
  deliver: (receipt: string | null) => void
}): ReceiptKeeper {
  const { forOrigin, readForm, deliver } = options
  const { server, statusToken } = options.proof
  const aborter = new AbortController()
  const root = readForm()?.getRootNode() ?? document
  let staleAt = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let renewing: Promise<void> | null = null

  const fetchReceipt = async () => {
    clearTimeout(timer)
    try {
      const answer = await postJson({
        url: `${server}/api/receipts`,
        bearer: statusToken,
        body: { ...(forOrigin && { forOrigin }) },
        signal: aborter.signal,
        limit: LIMIT_MS,
      })
      if (aborter.signal.aborted) return
      const given = answer.ok ? parseReceipt(answer.body) : null
      if (given) {
        const left = Date.parse(given.expiresAt) - Date.now()
        const lasts = Math.min(Math.max(left, SHORTEST_MS), LONGEST_MS) - MARGIN_MS
        staleAt = Date.now() + lasts
        timer = setTimeout(renewInView, lasts)
        deliver(given.receipt)
      } else {
        staleAt = 0
        deliver(null)
        // 4xx is the server's last word on this verification, and a change of its status starts over.
        if (answer.status >= 500 || answer.status === 429) timer = setTimeout(renewInView, RETRY_MS)
      }
    } catch {
      if (aborter.signal.aborted) return
      if (Date.now() >= staleAt) deliver(null)
      timer = setTimeout(renewInView, RETRY_MS)
    }
  }

  const renew = () => {
    renewing ??= fetchReceipt().finally(() => {
      renewing = null
    })
    return renewing
  }

  /** Nobody needs receipts in a tab that was left open. */
  const renewInView = () => {
    if (document.visibilityState === 'visible') void renew()
  }
  const handleView = () => {
    if (Date.now() >= staleAt) renewInView()
  }

  /** The form is being sent by us, with whatever receipt was to be had: without one the back end refuses it. */
  let isSending = false
  let isWaiting = false
  const handleSubmit = (event: Event) => {
    const form = readForm()
    if (!form || event.target !== form) return
    if (isSending || Date.now() < staleAt) {
      staleAt = 0
      return
    }
    event.preventDefault()
    event.stopImmediatePropagation()
    // A second click while the first one waits is the same wish: one receipt, one submit.
    if (isWaiting) return
    isWaiting = true
    void renew().then(() => {
      isWaiting = false
      isSending = true
      try {
        submitAgain(form, readSubmitter(event))
      } finally {
        isSending = false
      }
    })
  }

  /** Back by the browser's button: the form was sent from here. */
  const handlePageShow = ({ persisted }: PageTransitionEvent) => {
    if (persisted) void renew()
  }

  root.addEventListener('submit', handleSubmit, true)
  document.addEventListener('visibilitychange', handleView)
  window.addEventListener('pageshow', handlePageShow)
  void renew()
  return {
    renew,
    stop() {
      aborter.abort()
      clearTimeout(timer)
      root.removeEventListener('submit', handleSubmit, true)
      document.removeEventListener('visibilitychange', handleView)
      window.removeEventListener('pageshow', handlePageShow)
    },
  }
}

/** Safari before 15.4 does not say which button it was. */
function readSubmitter(event: Event): HTMLElement | null {
  return 'submitter' in event && event.submitter instanceof HTMLElement ? event.submitter : null
}

/** As the visitor did it, so that validation and the page's own listeners take part. */
function submitAgain(form: HTMLFormElement, clicked: HTMLElement | null): void {
  if (!form.isConnected) return
  // Frameworks draw a form's button anew while it is being sent, and a form takes no button that is not its own.
  const submitter = clicked && 'form' in clicked && clicked.form === form ? clicked : null
  // Safari before 16 has no `requestSubmit`.
  if (typeof form.requestSubmit === 'function') form.requestSubmit(submitter)
  else (submitter ?? form.querySelector<HTMLElement>('[type=submit], button:not([type])'))?.click()
}

function parseReceipt(answer: unknown): ReceiptResponse | null {
  if (typeof answer !== 'object' || answer === null || !('receipt' in answer) || !('expiresAt' in answer)) return null
  const { receipt, expiresAt } = answer
  if (typeof receipt !== 'string' || typeof expiresAt !== 'string' || Number.isNaN(Date.parse(expiresAt))) return null
  return { receipt, expiresAt }
}

/** Before a receipt runs out there is a new one: this long before, ms. */
const AHEAD_MS = 60_000
/** After a failure: soon, as the visitor may be about to send the form. */
const RETRY_MS = 5000

export interface ReceiptKeeper {
  /** The verification of that status token stands approved: keeps a receipt for it that is always good. */
  keep(statusToken: string): void
  /** There is none any more. */
  drop(): void
}

/** Gets receipts for the page around this one and tells it of each, and of null once there is none. */
export function createReceiptKeeper(deps: {
  /** The page that they are for. */
  origin: () => string | null
  tell: (receipt: string | null) => void
}): ReceiptKeeper {
  let keeping: string | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  async function renew(statusToken: string): Promise<void> {
    const answer = await requestReceipt(statusToken, deps.origin()).catch(() => null)
    if (keeping !== statusToken) return
    if (answer !== null) deps.tell(answer.receipt)
    const waitMs = answer === null ? RETRY_MS : Math.max(RETRY_MS, Date.parse(answer.expiresAt) - Date.now() - AHEAD_MS)
    timer = setTimeout(() => void renew(statusToken), waitMs)
  }

  return {
    keep(statusToken) {
      if (keeping === statusToken) return
      clearTimeout(timer)
      keeping = statusToken
      void renew(statusToken)
    },
    drop() {
      clearTimeout(timer)
      if (keeping !== null) deps.tell(null)
      keeping = null
    },
  }
}

async function requestReceipt(
  statusToken: string,
  forOrigin: string | null,
): Promise<{ receipt: string; expiresAt: string } | null> {
  const response = await fetch('/api/receipts', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${statusToken}` },
    body: JSON.stringify(forOrigin === null ? {} : { forOrigin }),
    credentials: 'omit',
  })
  const answer: unknown = await response.json()
  if (!response.ok || typeof answer !== 'object' || answer === null) return null
  if (!('receipt' in answer) || !('expiresAt' in answer)) return null
  const { receipt, expiresAt } = answer
  return typeof receipt === 'string' && typeof expiresAt === 'string' ? { receipt, expiresAt } : null
}

import type { Status, Verification } from './verification.ts'

/**
 * What is posted to STATUS_WEBHOOK_URL on every change of status, as JSON under Standard Webhooks' headers `webhook-id`,
 * `webhook-timestamp` and `webhook-signature` (`v1`). A message may come more than once, always under the same
 * `webhook-id`; of one verification they come in the order of `revision`. Any 2xx within 15 s is a receipt.
 */
export interface StatusChanged {
  type: 'verification.status_changed'
  /** When the status changed, not when this was sent. */
  timestamp: string
  data: Pick<
    Verification,
    'id' | 'vendor' | 'vendorId' | 'userId' | 'workflow' | 'status' | 'decidedAt' | 'revision' | 'environment'
  > & {
    /** Null on the first message of a verification. */
    previousStatus: Status | null
  }
}

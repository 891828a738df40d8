import type { DeliveryOutcome, DeliveryReason, Source } from '../../../server/protocol.ts'
import { formatNumber, formatSome } from './numbers.ts'

interface ReasonWords {
  short: string
  long: string
}

export const deliveryMessages = {
  title: 'Deliveries',
  one: 'Delivery',
  lead: 'Every webhook that arrived, and what became of it.',
  outcome: 'Outcome',
  source: 'Source',
  columns: {
    outcome: 'Outcome',
    event: 'Event',
    source: 'Source',
    reason: 'Reason',
    id: 'Delivery id',
    bytes: 'Size',
    receivedAt: 'Received',
  },
  outcomes: {
    accepted: 'Accepted',
    duplicate: 'Duplicate',
    rejected: 'Rejected',
    quarantined: 'Quarantined',
    dead: 'Dead letter',
    unrecognised: 'Unrecognised',
  } satisfies Record<DeliveryOutcome, string>,
  next: {
    accepted: 'Kept before it was acknowledged, then applied.',
    duplicate: 'The same body had come before. The vendor was thanked, nothing was applied twice.',
    rejected: 'Nothing of it was kept or applied. The vendor was told so and may come again.',
    quarantined:
      'Kept aside for a while in case the secret here is the wrong one. Once that is corrected, what fits is taken in.',
    dead: 'Kept, but it cannot be applied as it is. It can be processed again once the cause is mended.',
    unrecognised: 'Signed and kept. Its event is not known here, so it changed nothing.',
  } satisfies Record<DeliveryOutcome, string>,
  reasons: {
    sig_missing: { short: 'No signature', long: 'It carried no signature.' },
    sig_malformed: { short: 'Signature unreadable', long: 'Its signature is not written as the vendor writes it.' },
    sig_duplicate: { short: 'Two signatures', long: 'It carried more than one signature.' },
    sig_mismatch: {
      short: 'Wrong signature',
      long: 'Its signature is well formed and fits none of the secrets set here.',
    },
    bearer_bad: { short: 'Wrong credentials', long: 'Its credentials are not the ones given to the vendor.' },
    too_large: { short: 'Too large', long: 'It is larger than a webhook may be.' },
    encoding: { short: 'Unknown encoding', long: 'Its content encoding is not one that is read here.' },
    rid_conflict: { short: 'Id used twice', long: 'Its request id had come before with another body.' },
    no_body: { short: 'Body gone', long: 'Its raw body was deleted after its time, so it cannot be read again.' },
    failed: { short: 'Could not be applied', long: 'Applying it failed again and again.' },
    empty: { short: 'Empty', long: 'Its body is empty.' },
    not_utf8: { short: 'Not text', long: 'Its body is not text in UTF-8.' },
    not_json: { short: 'Not JSON', long: 'Its body is not JSON.' },
    too_deep: { short: 'Nested too deep', long: 'Its body is nested deeper than any event is.' },
    too_many_keys: { short: 'Too many fields', long: 'Its body has more fields than any event has.' },
    not_object: { short: 'Not an object', long: 'Its body is JSON, but not an object.' },
    no_event: { short: 'No event name', long: 'It does not say which event it is.' },
  } satisfies Record<DeliveryReason, ReasonWords> as Record<string, ReasonWords | undefined>,
  lookedFor: 'Looked for',
  tried: 'Tried',
  /** What proves a delivery at each door: the header that carries it, and the settings that hold the secret. */
  proofs: {
    seon: { header: 'SEON-Signature', secret: 'SEON_WEBHOOK_SECRET' },
    'seon-idv': { header: 'SEON-Signature, Digest', secret: 'SEON_WEBHOOK_SECRET, SEON_LICENSE_KEY' },
    'seon-fraud': { header: 'Digest', secret: 'SEON_LICENSE_KEY' },
    incode: {
      header: 'Authorization',
      secret: 'INCODE_WEBHOOK_CLIENT_ID, INCODE_WEBHOOK_CLIENT_SECRET, INCODE_WEBHOOK_HEADER',
    },
  } satisfies Record<Source, { header: string; secret: string }>,
  exactBytes: (bytes: number) => `${formatNumber(bytes)} bytes`,
  noEvent: 'Not read',
  verification: 'Verification',
  body: 'Raw body',
  bodyHint: 'It may name a person. That you look is recorded, and it hides itself after a minute.',
  showBody: 'Show the raw body',
  hideBody: 'Hide the raw body',
  noBody: 'No body is kept of this delivery.',

  duplicateOf: 'Same body as',
  replay: {
    one: 'Process again',
    range: 'Process again…',
    scope: 'Which',
    scopes: (count: number) => ({
      listed: `The ${formatNumber(count)} loaded here`,
      range: 'A range of time',
    }),
    leadListed:
      'The deliveries that the list has loaded so far are read once more, in their order. What changes is shown first.',
    title: 'Process many again',
    lead: 'Deliveries received in this time are read once more, in their order. What changes is shown first.',
    from: 'From',
    to: 'Until',
    filters: (outcome: string | null, source: string | null) =>
      `Outcome: ${outcome ?? 'any'}. Source: ${source ?? 'any'}. The filters of the list apply.`,
    check: 'Show what would change',
    checking: 'Looking…',
    confirm: 'Process again',
    running: 'Processing…',
    cancel: 'Cancel',
    close: 'Close',
    would: (matched: number, changed: number) =>
      `${formatSome(matched, 'delivery', 'deliveries')} would change ${formatSome(changed, 'verification', 'verifications')}.`,
    did: (matched: number, changed: number) =>
      `${formatSome(matched, 'delivery', 'deliveries')} processed again; ${formatSome(changed, 'verification', 'verifications')} changed.`,
    nothing: 'No delivery was received in this time.',
    skipped: (count: number) =>
      `${formatSome(count, 'delivery', 'deliveries')} cannot be processed: refused, kept aside, or without a body by now.`,
    failed: (count: number) =>
      `${formatSome(count, 'delivery', 'deliveries')} could not be processed and stay as they were.`,
    wrongRange: 'The end must come after the beginning.',
  },

  loading: 'Loading deliveries',
  failed: 'This delivery could not be loaded',
  missing: 'There is no such delivery',
  empty: 'No deliveries yet',
  emptyNext:
    'Enter this server’s webhook address in the vendor’s panel. Whatever arrives is listed here, refused or not.',
  none: 'Nothing matches',
  noneNext: 'No delivery fits these filters.',
  end: (count: number) => `${formatSome(count, 'delivery', 'deliveries')}, that is all`,
}

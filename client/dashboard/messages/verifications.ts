import type { Check, Hint, Status, TimelineEntry, Vendor } from '../../../server/protocol.ts'
import type { Period } from '../routing/route.ts'
import { formatNumber, formatSome } from './numbers.ts'

export const verificationMessages = {
  statuses: {
    created: 'Created',
    started: 'Started',
    processing: 'Processing',
    cancelled: 'Cancelled',
    submitted: 'Submitted',
    finished: 'Finished',
    review: 'Review',
    approved: 'Approved',
    declined: 'Declined',
    expired: 'Expired',
    abandoned: 'Abandoned',
    error: 'Error',
  } satisfies Record<Status, string>,

  overdue: 'Overdue',

  next: {
    created: 'Waiting for the visitor to begin.',
    started: 'The visitor is going through the steps.',
    processing: 'The vendor is working through its own steps.',
    submitted: 'Awaiting the vendor’s decision.',
    cancelled: 'The visitor stopped. Starting again makes a new verification.',
    finished: 'The vendor says that it is done and keeps the verdict to itself.',
    review: 'Somebody has to decide this in the vendor’s panel.',
    approved: 'The vendor approved. An analyst there can still overrule it.',
    declined: 'The vendor declined. An analyst there can still overrule it.',
    expired: 'The session ran out before it was finished.',
    abandoned: 'The visitor left and did not come back.',
    error: 'The vendor could not finish. The timeline says what it reported.',
  } satisfies Record<Status, string>,

  overdueNext: 'Later than this workflow usually takes.',

  counts: {
    title: 'Verifications by status',
    groups: {
      open: 'In progress',
      review: 'To review',
      approved: 'Approved',
      declined: 'Declined',
      ended: 'Without a decision',
    },
    overdue: (count: number) => `${formatNumber(count)} overdue`,
  },

  vendors: { seon: 'SEON', 'seon-idv': 'SEON IDV', incode: 'Incode' } satisfies Record<Vendor, string>,

  periods: {
    hour: 'Last hour',
    day: 'Last 24 hours',
    week: 'Last 7 days',
    month: 'Last 30 days',
    quarter: 'Last 90 days',
  } satisfies Record<Period, string>,
  shortPeriods: { hour: '1 h', day: '24 h', week: '7 d', month: '30 d', quarter: '90 d' } satisfies Record<
    Period,
    string
  >,

  list: {
    title: 'Verifications',
    search: 'Search by user id, execution id or our id',
    searchHint: 'Exact match',
    clearSearch: 'Clear search',
    vendor: 'Vendor',
    status: 'Status',
    severalStatuses: (count: number) => `${count} statuses`,
    period: 'Time',
    clear: 'Clear filters',
    views: {
      open: 'Views',
      title: 'Saved views',
      none: 'Choose filters, then keep them here under a name. A searched text is not kept.',
      name: 'Name of this view',
      save: 'Save',
      remove: (name: string) => `Remove ${name}`,
    },
    columns: {
      status: 'Status',
      user: 'User',
      vendorId: 'Vendor id',
      workflow: 'Workflow',
      vendor: 'Vendor',
      createdAt: 'Created',
      updatedAt: 'Changed',
    },
    noUser: 'No user id',
    pause: 'Pause the list',
    resume: (count: number) =>
      count === 0 ? 'Resume the list' : `Resume, ${formatSome(count, 'change', 'changes')} waiting`,
    paused: 'Paused',
    end: (count: number) => `${formatSome(count, 'verification', 'verifications')}, that is all`,
    loading: 'Loading verifications',
    empty: 'No verifications yet',
    emptyNext: 'Put the element on a page and press Verify; the verification appears here the moment it begins.',
    emptyStep: 'Open the demo page',
    none: 'Nothing matches',
    noneNext: 'No verification fits these filters. A search finds whole ids, not parts of them.',
  },

  detail: {
    title: 'Verification',
    close: 'Close',
    loading: 'Loading the verification',
    failed: 'This verification could not be loaded',
    missing: 'There is no such verification',
    user: 'User',
    reveal: 'Show',
    hide: 'Hide',
    revealed: 'Recorded, and hides itself after a minute',
    ownId: 'Our id',
    vendorIds: { seon: 'Execution id', 'seon-idv': 'Session id', incode: 'Interview id' } satisfies Record<
      Vendor,
      string
    >,
    workflow: 'Workflow',
    defaultWorkflow: 'Default',
    vendor: 'Vendor',
    environment: 'Environment',
    created: 'Created',
    changed: 'Changed',
    decided: 'Decided',
    after: (duration: string) => `${duration} after it began`,
    none: 'Not yet',
    from: 'From',
    flags: 'Worth a second look',
    knownFlags: {
      contradiction: 'The vendor reported two results that cannot both be true.',
    } as Record<string, string | undefined>,
    checks: 'Checks',
    sendEvent: 'Send an event about it',
    sameUser: 'Same user',
    sameUserFailed: 'The user’s other verifications could not be loaded.',
    sameUserNone: 'This is the user’s only verification.',
    timeline: 'Timeline',
    factsLegend: 'Vendor’s fact',
    hintsLegend: 'Browser’s hint',
    byInit: 'our own start',
    byHint: 'the visitor’s browser',
    byDelivery: 'delivery',
  },

  timeline: {
    init: 'Verification created',
    hints: {
      opened: 'Flow opened',
      started: 'Visitor began',
      completed: 'Visitor reached the end',
      cancelled: 'Visitor cancelled',
      error: 'Flow reported an error',
      closed: 'Flow closed',
    } satisfies Record<Hint, string>,
    hint: 'Browser said something',
    report: (source: string) => `${source} reported`,
    unrecognised: 'Signed, but not understood; it changed nothing',
    kinds: { init: 'Start', hint: 'Hint', report: 'Fact', unrecognised: 'Unrecognised' } satisfies Record<
      TimelineEntry['kind'],
      string
    >,
    empty: 'Nothing has been reported yet.',
    delivery: 'Delivery',
  },

  checks: {
    groups: {
      document: 'Document',
      selfie: 'Selfie',
      liveness: 'Liveness',
      face_match: 'Face match',
      address: 'Address',
      data: 'Data',
      duplicates: 'Duplicates',
      aml: 'AML',
    } satisfies Record<Check['group'], string>,
    results: {
      pass: 'Passed',
      review: 'To review',
      fail: 'Failed',
      not_performed: 'Not performed',
      unknown: 'Unknown',
    } satisfies Record<Check['result'], string>,
    overall: 'Overall',
  },
}

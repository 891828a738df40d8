import type {
  Check,
  Environment,
  Hint,
  SessionInfo,
  Source,
  Status,
  TimelineEntry,
  Vendor,
} from '../../server/protocol.ts'
import type { ApiErrorCode } from './api/api-error.ts'
import type { Period, View } from './route.ts'

const number = new Intl.NumberFormat('en')
const plural = new Intl.PluralRules('en')
const some = (count: number, one: string, other: string) =>
  `${number.format(count)} ${plural.select(count) === 'one' ? one : other}`

/** Every word that operators read. Plain and short; a sentence says what is so and what to do next. */
export const messages = {
  number: (value: number) => number.format(value),

  app: {
    name: 'seon-verify',
    skip: 'Skip to content',
    navigation: 'Views',
    loading: 'Loading the dashboard',
    views: { verifications: 'Verifications', deliveries: 'Deliveries' } satisfies Record<View, string>,
    environments: { sandbox: 'Sandbox', live: 'Live' } satisfies Record<Environment, string>,
    environmentHints: {
      sandbox: 'Vendors are played on this machine. Nobody is verified for real.',
      live: 'Real people, real vendors.',
    } satisfies Record<Environment, string>,
    unreachable: 'The server does not answer. Check that it is running; this page tries again by itself.',
  },

  signIn: {
    title: 'Sign in',
    lead: 'Watch verifications as they happen.',
    token: 'Admin token',
    show: 'Show token',
    hide: 'Hide token',
    submit: 'Sign in',
    submitting: 'Signing in…',
    hint: 'In the sandbox, npm start prints it as admin-token. Live, it is ADMIN_TOKEN.',
    empty: 'Enter the admin token.',
    wrong: 'This token is not the admin token of this server. Check it and try again.',
    wait: (seconds: number | null) =>
      seconds === null
        ? 'Too many attempts. Wait a minute, then try again.'
        : `Too many attempts. Try again in ${some(seconds, 'second', 'seconds')}.`,
    ended: 'Your session has ended. Sign in again to go on.',
  },

  account: {
    open: 'Settings and sign out',
    signedInAs: (operator: string) => `Signed in as ${operator}`,
    roles: { admin: 'May change things', viewer: 'May look, not change' } satisfies Record<SessionInfo['role'], string>,
    theme: 'Appearance',
    themes: { system: 'System', light: 'Light', dark: 'Dark' },
    density: 'Rows',
    densities: { normal: 'Normal', compact: 'Compact' },
    keys: 'Single-key shortcuts',
    keysHelp: 'Show all shortcuts',
    signOut: 'Sign out',
  },

  copy: {
    verb: 'Copy',
    hint: (id: string) => `${id} · click to copy`,
    done: 'Copied',
  },

  announce: (count: number, parts: string) => `${some(count, 'verification', 'verifications')} changed: ${parts}`,

  shortcuts: {
    title: 'Keyboard shortcuts',
    close: 'Close',
    all: [
      [['j', '↓'], 'Next row'],
      [['k', '↑'], 'Previous row'],
      [['Enter'], 'Open the row'],
      [['Esc'], 'Close what is open'],
      [['/'], 'Search'],
      [['c'], 'Copy the vendor’s id of the row'],
      [['?'], 'This list'],
    ] as const,
  },

  connection: {
    label: 'Connection',
    connecting: 'Connecting',
    waiting: 'Catching up',
    live: 'Live',
    reconnecting: 'Reconnecting',
    stale: (since: string) => `Stale since ${since}`,
    offline: 'Offline',
    refused: 'Signed out',
    outdated: 'Reload needed',
    hints: {
      connecting: 'Reaching the server for the first time.',
      waiting: 'Connected. Asking for what was missed.',
      live: 'Every change appears here by itself.',
      reconnecting: 'The connection was lost. This page tries again by itself; what you see may be old.',
      offline: 'This device is offline. What you see may be old; it is brought up to date once you are back.',
      refused: 'The session has ended.',
      outdated: 'The server was updated. Reload this page to go on.',
    },
    lastCurrent: (exact: string) => `Last up to date ${exact}.`,
    reload: 'Reload',
  },

  warnings: {
    label: (count: number) => some(count, 'warning', 'warnings'),
    title: 'Settings to look at',
    known: {
      unsigned_users:
        'User ids are accepted without a signature (ALLOW_UNSIGNED_USERS=1): a page can start a verification in anybody’s name. Set USER_TOKEN_SECRET to close this.',
      seon_base_url_insecure: 'SEON is reached over plain http (SEON_BASE_URL). Use https outside of tests.',
      seon_base_url_private: 'SEON_BASE_URL is a private address. SEON’s own servers are public.',
      public_url_insecure:
        'PUBLIC_URL is plain http: visitors’ data and your session travel unprotected. Put https in front.',
      status_webhook_insecure: 'Status changes are posted over plain http (STATUS_WEBHOOK_URL). Use https.',
    } as Record<string, string | undefined>,
    unknown: (code: string) => `The server reports: ${code}.`,
  },

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
    overdue: (count: number) => `${number.format(count)} overdue`,
  },

  vendors: { seon: 'SEON', 'seon-idv': 'SEON IDV', incode: 'Incode' } satisfies Record<Vendor, string>,
  sources: {
    seon: 'SEON',
    'seon-idv': 'SEON IDV',
    'seon-fraud': 'SEON Fraud',
    incode: 'Incode',
    page: 'Browser',
    server: 'This server',
  } satisfies Record<Source | 'page' | 'server', string>,

  periods: {
    hour: 'Last hour',
    day: 'Last 24 hours',
    week: 'Last 7 days',
    month: 'Last 30 days',
  } satisfies Record<Period, string>,

  list: {
    title: 'Verifications',
    search: 'Search by user id, execution id or our id',
    searchHint: 'Exact match',
    clearSearch: 'Clear search',
    vendor: 'Vendor',
    anyVendor: 'Vendor',
    status: 'Status',
    anyStatus: 'Status',
    severalStatuses: (count: number) => `${count} statuses`,
    period: 'Started in',
    anyPeriod: 'Time',
    clear: 'Clear filters',
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
    newAbove: (count: number) => `${number.format(count)} new above`,
    pause: 'Pause the list',
    resume: (count: number) =>
      count === 0 ? 'Resume the list' : `Resume, ${some(count, 'change', 'changes')} waiting`,
    paused: 'Paused',
    loadingMore: 'Loading more',
    moreFailed: 'The next rows could not be loaded.',
    end: (count: number) => `${some(count, 'verification', 'verifications')}, that is all`,
    loading: 'Loading verifications',
    empty: 'No verifications yet',
    emptyNext: 'Put the element on a page and press Verify; the verification appears here the moment it begins.',
    emptyStep: 'Open the demo page',
    none: 'Nothing matches',
    noneNext: 'No verification fits these filters. A search finds whole ids, not parts of them.',
    failed: 'The list could not be loaded',
    retry: 'Try again',
  },

  failures: {
    offline: 'The server did not answer. Check the connection.',
    unauthorized: 'Your session has ended. Sign in again.',
    forbidden: 'Your role does not allow this. Ask an admin.',
    not_found: 'It is not here, or no longer.',
    rate_limited: 'Too many requests. Wait a moment.',
    unreadable: 'The server speaks a newer version than this page. Reload it.',
    server: 'The server could not do this. Its log says why.',
  } satisfies Record<ApiErrorCode, string>,

  detail: {
    title: 'Verification',
    close: 'Close',
    loading: 'Loading the verification',
    failed: 'This verification could not be loaded',
    missing: 'There is no such verification',
    user: 'User',
    reveal: 'Show',
    hide: 'Hide',
    revealed: 'Hides itself after a minute',
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

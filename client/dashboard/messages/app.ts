import type { Environment, SessionInfo, SignInFailure, Source } from '../../../server/protocol.ts'
import type { ApiErrorCode } from '../api/api-error.ts'
import type { View } from '../routing/route.ts'
import { formatNumber, formatSome } from './numbers.ts'

/** Words around the views: sign-in, rail, connection, what lists and requests have in common. */
export const appMessages = {
  number: (value: number) => formatNumber(value),

  times: {
    now: 'now',
    ago: (amount: number, unit: 'sec' | 'min' | 'hr') => `${amount} ${unit} ago`,
    months: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  },

  app: {
    name: 'seon-verify',
    skip: 'Skip to content',
    navigation: 'Views',
    loading: 'Loading the dashboard',
    views: {
      overview: 'Overview',
      verifications: 'Verifications',
      deliveries: 'Deliveries',
      sandbox: 'Sandbox',
      operators: 'Operators',
      user: 'User',
    } satisfies Record<View, string>,
    loadingView: 'Loading this page',
    viewFailed: 'This page could not be loaded',
    viewFailedNext:
      'The server is out of reach or has been updated. The dashboard asks again every few seconds; if that does not help, reload it.',
    reload: 'Reload',
    environments: { sandbox: 'Sandbox', live: 'Live' } satisfies Record<Environment, string>,
    environmentHints: {
      sandbox: 'Vendors are played on this machine. Nobody is verified for real.',
      live: 'Real people, real vendors.',
    } satisfies Record<Environment, string>,
    adminsOnly: 'Only for admins. Your role is viewer.',
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
    wait: (seconds: number | null) => {
      if (seconds === null) return 'Too many attempts. Wait a minute, then try again.'
      const time =
        seconds < 120
          ? formatSome(seconds, 'second', 'seconds')
          : formatSome(Math.ceil(seconds / 60), 'minute', 'minutes')
      return `Too many attempts. Try again in ${time}.`
    },
    ended: 'Your session has ended. Sign in again to go on.',
    withProvider: (host: string) => `Sign in with ${host}`,
    withToken: 'Use the admin token instead',
    failures: {
      cancelled: 'You were not signed in: it was cancelled at your organisation’s sign-in page.',
      expired: 'This sign-in took too long, was begun in another browser, or was used already. Begin again.',
      failed:
        'Your organisation’s sign-in page and this server did not understand each other. The server’s log says why.',
      link_used:
        'This link was used already, or its 15 minutes are over. Sign in with the admin token, or start the server again for a new link.',
      refused:
        'You are signed in to your organisation, but nobody has given you access to this dashboard. Ask whoever runs it.',
      unreachable: 'Your organisation’s sign-in page does not answer. Try again in a moment.',
    } satisfies Record<SignInFailure, string>,
  },

  account: {
    open: 'Settings and sign out',
    openOf: (operator: string) => `${operator}: Settings and sign out`,
    signedInAs: (operator: string) => `Signed in as ${operator}`,
    roles: { admin: 'Admin: may change things', viewer: 'Viewer: may look, not change' } satisfies Record<
      SessionInfo['role'],
      string
    >,
    theme: 'Appearance',
    themes: { system: 'System', light: 'Light', dark: 'Dark' },
    density: 'Rows',
    densities: { normal: 'Normal', compact: 'Compact' },
    keys: 'Single-key shortcuts',
    keysHelp: 'Show all shortcuts',
    sessions: 'Where you are signed in',
    signOut: 'Sign out',
  },

  copy: {
    verb: 'Copy',
    hint: (id: string) => `${id} · click to copy`,
    done: 'Copied',
  },

  announce: (count: number, parts: string) => `${formatSome(count, 'verification', 'verifications')} changed: ${parts}`,

  shortcuts: {
    title: 'Keyboard shortcuts',
    close: 'Close',
    all: [
      [['j', '↓'], 'Next row'],
      [['k', '↑'], 'Previous row'],
      [['Enter'], 'Open the row'],
      [['Esc'], 'Close what is open'],
      [['/'], 'Search; ↓ goes on to the rows'],
      [['c'], 'Copy the row’s vendor id'],
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
    retry: 'Try now',
  },

  warnings: {
    label: (count: number) => formatSome(count, 'warning', 'warnings'),
    title: 'Settings to look at',
    known: {
      unsigned_users:
        'User ids are accepted without a signature (ALLOW_UNSIGNED_USERS=1): a page can start a verification in anybody’s name. Set USER_TOKEN_SECRET to close this.',
      sandbox_by_omission:
        'This is the sandbox, although settings of an account are there: SEON_API_KEY is missing or misspelt. Nobody is really verified, and anybody may press “approved”.',
      seon_base_url_insecure: 'SEON is reached over plain http (SEON_BASE_URL). Use https outside of tests.',
      seon_base_url_private: 'SEON_BASE_URL is a private address. SEON’s own servers are public.',
      public_url_insecure:
        'PUBLIC_URL is plain http: visitors’ data and your session travel unprotected. Put https in front.',
      status_webhook_insecure: 'Status changes are posted over plain http (STATUS_WEBHOOK_URL). Use https.',
    } as Record<string, string | undefined>,
    /** Before a code. */
    unknown: 'The server reports:',
  },

  sources: {
    seon: 'SEON',
    'seon-idv': 'SEON IDV',
    'seon-fraud': 'SEON Fraud',
    incode: 'Incode',
    page: 'Browser',
    server: 'This server',
  } satisfies Record<Source | 'page' | 'server', string>,

  rows: {
    newAbove: (count: number) => `${formatNumber(count)} new above`,
    failed: 'The list could not be loaded',
    loadingMore: 'Loading more',
    moreFailed: 'The next rows could not be loaded.',
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
}

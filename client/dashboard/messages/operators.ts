import type { AuditAction, SessionInfo } from '../../../server/protocol.ts'
import { formatNumber, formatSome } from './numbers.ts'

const WAYS: Record<string, string | undefined> = {
  token: 'with the admin token',
  link: 'with the sandbox’s link',
  openid: 'through the organisation',
}

const STOPS: Record<string, string | undefined> = {
  session_ended: 'as the session ended',
  left: 'as the browser left',
  failed: 'as it failed',
}

/** Who is signed in, and who did what. */
export const operatorMessages = {
  roles: { admin: 'Admin', viewer: 'Viewer' } satisfies Record<SessionInfo['role'], string>,
  rolesMean: {
    admin:
      'As an admin you see everything, and may reveal personal data, process deliveries again, export, and end sessions.',
    viewer: 'As a viewer you see lists, details and figures. Personal data stays masked, and nothing can be changed.',
  } satisfies Record<SessionInfo['role'], string>,
  sessions: 'Signed in now',
  ownSessions: 'Where you are signed in',
  operator: 'Operator',
  role: 'Role',
  device: 'Device',
  since: 'Since',
  lastSeen: 'Last seen',
  noDevice: 'Unknown device',
  current: 'This browser',
  end: 'End',
  endOf: (operator: string, device: string) => `End the session of ${operator} (${device})`,
  sure: 'End it now',
  keep: 'Keep',
  ended: 'The session was ended. Its screens close within a second.',
  failed: 'This could not be loaded',

  audit: 'What operators did',
  auditLead:
    'Sign-ins, reveals, replays, exports and ended sessions, newest first. Ids only, never what they stand for.',
  auditAdmins: 'Only admins see what operators did.',
  when: 'When',
  who: 'Who',
  what: 'What',
  about: 'About',
  nobody: 'A stranger',
  any: 'Everything',
  actions: {
    signed_in: 'Signed in',
    signed_out: 'Signed out',
    sign_in_refused: 'Was refused',
    session_ended: 'Ended a session',
    user_revealed: 'Revealed a user id',
    body_revealed: 'Looked at a raw body',
    replayed: 'Processed deliveries again',
    replay_stopped: 'Processing again broke off',
    exported: 'Exported',
    export_stopped: 'Export broke off',
  } satisfies Record<AuditAction, string>,
  none: 'Nothing yet',
  more: 'Show more',
  details: {
    way: (way: string) => WAYS[way] ?? way,
    stopped: (why: string) => STOPS[why] ?? why,
    wrongToken: 'with a wrong admin token',
    of: (operator: string) => `of ${operator}`,
    times: (count: number) => `${formatNumber(count)} times within an hour`,
    deliveries: (count: number) => formatSome(count, 'delivery', 'deliveries'),
    rows: (count: number) => `${formatNumber(count)} rows`,
    span: (from: string | null, to: string | null) => `from ${from ?? 'the beginning'} until ${to ?? 'now'}`,
    whole: 'with whole user ids',
    masked: 'user ids masked',
    searched: 'what was searched for',
    overdue: 'overdue',
    notOverdue: 'not overdue',
  },
  verification: 'Verification',
  delivery: 'Delivery',
}

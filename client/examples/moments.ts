import type { Status } from '../../server/protocol.ts'
import type { FailureCode } from '../widget/failure.ts'
import type { Change } from '../widget/phase.ts'
import type { Example } from './example.ts'

const OPEN: readonly Change[] = [{ type: 'start' }, { type: 'ready' }, { type: 'shown' }]

/** What a QR code looks like; this one says nothing. */
const CODE = { size: 9, path: 'M1 1h3v3h-3zM5 1h1v2h2v1h-3zM1 5h2v1h1v2h-3zM5 5h3v1h-1v2h-2z' }
const LINKED: readonly Change[] = [
  { type: 'start' },
  { type: 'ready' },
  { type: 'linked', link: { url: 'https://verify.example.com/verify/of-nobody', code: CODE } },
]

/** Where the way to start stays open, nothing but the button is shown; so these are all. */
const DECISIONS: readonly Status[] = ['review', 'approved', 'declined', 'expired', 'abandoned', 'error']

export const moments: readonly Example[] = [
  { id: 'idle', title: 'Before a click' },
  { id: 'disabled', title: 'Disabled', attributes: { disabled: '' } },
  { id: 'starting', title: 'Starting', changes: [{ type: 'start' }] },
  { id: 'open', title: 'Open, fullscreen', changes: OPEN },
  { id: 'open-popup', title: 'Open, in a window', attributes: { mode: 'popup' }, changes: OPEN },
  {
    id: 'open-wrong',
    title: 'Open, in a window that tells of a fault',
    attributes: { mode: 'popup' },
    changes: [...OPEN, { type: 'error', failure: { code: 'sdk_unknown' } }],
  },
  { id: 'link-waiting', title: 'Waiting for another device', attributes: { mode: 'link' }, changes: LINKED },
  {
    id: 'link-begun',
    title: 'Open on another device',
    attributes: { mode: 'link' },
    changes: [...LINKED, { type: 'status', status: 'started' }],
  },
  { id: 'cancelled', title: 'Left before the end', changes: [...OPEN, { type: 'closed' }] },
  { id: 'submitted', title: 'Submitted', changes: [...OPEN, { type: 'completed' }, { type: 'closed' }] },
  ...DECISIONS.map((status) => ({
    id: status,
    title: `Decided: ${status}`,
    changes: [{ type: 'status', status } satisfies Change],
  })),
]

/** One code for each text that there is. */
const CODES: readonly FailureCode[] = [
  'popup_blocked',
  'frame_blocked',
  'start_timeout',
  'network',
  'busy',
  'init_rate_limited',
  'init_unauthorized',
  'user_token_missing',
  'init_invalid',
  'init_not_found',
  'init_unavailable',
  'sdk_error_code_1',
  'sdk_error_code_3',
  'sdk_error_code_5',
  'sdk_error_code_6',
  'sdk_unknown',
  'camera_forbidden',
  'link_over',
  'init_already_approved',
  'init_already_submitted',
]

export const failures: readonly Example[] = CODES.map((code) => ({
  id: code,
  title: code,
  changes: [{ type: 'start' }, { type: 'failed', failure: { code } }],
}))

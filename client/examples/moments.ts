import type { Status } from '../../server/protocol.ts'
import type { FailureCode } from '../widget/failure.ts'
import type { Change } from '../widget/phase.ts'
import type { Example } from './example.ts'

const OPEN: readonly Change[] = [{ type: 'start' }, { type: 'ready' }, { type: 'shown' }]

/** Where the way to start stays open, nothing but the button is shown; so these are all. */
const DECISIONS: readonly Status[] = ['review', 'approved', 'declined', 'expired', 'abandoned', 'error']

export const moments: readonly Example[] = [
  { id: 'idle', title: 'Before a click' },
  { id: 'disabled', title: 'Disabled', attributes: { disabled: '' } },
  { id: 'starting', title: 'Starting', changes: [{ type: 'start' }] },
  { id: 'open', title: 'Open, fullscreen', changes: OPEN },
  { id: 'open-popup', title: 'Open, in a window', attributes: { mode: 'popup' }, changes: OPEN },
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
  'init_invalid',
  'init_not_found',
  'init_unavailable',
  'sdk_error_code_1',
  'sdk_error_code_3',
  'sdk_error_code_5',
  'sdk_error_code_6',
  'sdk_unknown',
]

export const failures: readonly Example[] = CODES.map((code) => ({
  id: code,
  title: code,
  changes: [{ type: 'start' }, { type: 'failed', failure: { code } }],
}))

import type { Status } from '../../server/protocol.ts'
import type { Failure } from './failure.ts'
import type { Link } from './link/link-run.ts'

/** Where a visitor stands. `submitted` is what the browser knows; only `decided` is the vendor's word. */
export const PHASES = ['idle', 'starting', 'open', 'submitted', 'decided', 'failed'] as const
export type Phase = (typeof PHASES)[number]

export interface State {
  readonly phase: Phase
  /** The authoritative status of the newest verification; null until the server has told it. */
  readonly status: Status | null
  /** Why the phase is `failed`; while it is `open`, what SEON's page could not do and may recover from. */
  readonly failure: Failure | null
  /** The last attempt was closed before its end; the server may hear of it later, or never. */
  readonly interrupted: boolean
  /** SEON's page has loaded in this attempt, so nothing has to cover for it. */
  readonly loaded: boolean
  /** Where the visitor may go on with another device, while the phase is `open`. */
  readonly link: Link | null
  /** The server would refuse another start as things stand. */
  readonly final: boolean
}

export type Change =
  | { type: 'start' }
  /** The server made a new verification: what was known of the last one is history. */
  | { type: 'ready' }
  | { type: 'shown' }
  | { type: 'linked'; link: Link }
  | { type: 'loaded' }
  | { type: 'completed' }
  | { type: 'error' | 'failed'; failure: Failure }
  | { type: 'closed' }
  | { type: 'status'; status: Status; final?: boolean }
  /** The form around it was cleared. */
  | { type: 'cleared' }
  | { type: 'reset' }

/** What else happens in an attempt and changes no phase. */
type Hearsay = { type: 'opened' | 'started' | 'cancelled' | 'silent' }

export const INITIAL: State = {
  phase: 'idle',
  status: null,
  failure: null,
  interrupted: false,
  loaded: false,
  link: null,
  final: false,
}

/** A step that the phase does not know (another event, a late one, a second click) gives back the very same state. */
export function applyChange(state: State, change: Change | Hearsay): State {
  const running = state.phase === 'starting' || state.phase === 'open'
  switch (change.type) {
    case 'start':
      return running
        ? state
        : { ...state, phase: 'starting', failure: null, interrupted: false, loaded: false, link: null }
    case 'ready':
      return state.phase === 'starting' ? { ...state, status: null } : state
    case 'shown':
      return state.phase === 'starting' ? { ...state, phase: 'open' } : state
    case 'linked':
      return state.phase === 'starting' ? { ...state, phase: 'open', link: change.link } : state
    case 'loaded':
      return { ...state, loaded: true }
    case 'completed':
      return running ? rest(state, 'submitted') : state
    case 'failed':
      return running ? { ...state, phase: 'failed', failure: change.failure } : state
    case 'error':
      return state.phase === 'open' ? { ...state, failure: change.failure } : state
    case 'closed':
      return running ? rest({ ...state, interrupted: state.phase === 'open' }, 'idle') : state
    case 'status':
      state = { ...state, status: change.status, final: change.final ?? false }
      // A decision that comes while the frame is open waits: nobody's page is pulled away from under them.
      return running ? state : rest(state, state.phase)
    case 'cleared':
      return running ? state : rest({ ...state, interrupted: false }, state.phase === 'failed' ? 'idle' : state.phase)
    case 'reset':
      return INITIAL
    case 'opened':
    case 'started':
    case 'cancelled':
    case 'silent':
      return state
    default:
      return change satisfies never
  }
}

/** Where to stand without an open frame: where the server's status says, else `otherwise`. */
function rest(state: State, otherwise: Phase): State {
  const phase = (state.status && RESTING_PHASES[state.status]) ?? otherwise
  return { ...state, phase, failure: phase === 'failed' ? state.failure : null }
}

/** Statuses that are not here leave the way to start open. */
const RESTING_PHASES: Readonly<Partial<Record<Status, Phase>>> = {
  submitted: 'submitted',
  finished: 'submitted',
  review: 'decided',
  approved: 'decided',
  declined: 'decided',
  expired: 'decided',
  abandoned: 'decided',
  error: 'decided',
}

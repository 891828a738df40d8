import type { SandboxState, SandboxSubjects, Source } from '../../../server/protocol.ts'
import type { SandboxTrigger } from './request-sandbox.ts'

export const ARRIVALS = ['once', 'twice', 'late', 'wrong', 'missing'] as const
export type Arrival = (typeof ARRIVALS)[number]

export const SCORES = ['OK', 'WARN', 'FAIL', 'MANUAL'] as const
export type Score = (typeof SCORES)[number]

/**
 * What an event is about: `start` (a verification that is started for it), `unknown` (one that this server knows nothing of), or
 * the vendor's id of an existing one.
 */
export type About = 'start' | 'unknown' | `id:${string}`

/** An event as it stands in the form. */
export interface EventDraft {
  source: Source
  event: string
  /** Empty where the event has none. */
  status: string
  about: About
  /** Where none exists yet. */
  userId: string
  arrival: Arrival
  door: 'seon' | 'seon-idv'
  /** Entries of a Fraud event. */
  count: number
  score: Score
}

// Long enough to send what shall overtake it, short enough to see it come.
const LATE_MS = 60_000

/** The draft with another event, and whatever that brings with it. */
export function withEvent(draft: EventDraft, event: string, state: SandboxState): EventDraft {
  const source = state.sources[event] ?? draft.source
  return {
    ...draft,
    event,
    source,
    status: state.events[event]?.[0] ?? '',
    door: source === 'seon-idv' ? source : 'seon',
  }
}

/** The draft with another vendor's first event. SEON has a check of the address, which is not what one mostly wants. */
export function withSource(draft: EventDraft, source: Source, state: SandboxState): EventDraft {
  const [first = ''] = eventsOf(source, state).filter((name) => name !== 'ping')
  // An interview is no run: what was chosen at one vendor says nothing at another.
  const about = (source === 'incode') === (draft.source === 'incode') ? draft.about : 'unknown'
  return { ...withEvent(draft, first, state), about: isStartable(first) || about !== 'start' ? about : 'unknown' }
}

export function eventsOf(source: Source, state: SandboxState): string[] {
  return Object.keys(state.events).filter((event) => state.sources[event] === source)
}

/** Whether a verification can be started for it: SEON's runs are started here, Incode's interviews are not. */
export function isStartable(event: string): boolean {
  return event !== 'ping' && event !== 'incode'
}

export function isIdvEvent(event: string): boolean {
  return /^idv[:/]/.test(event)
}

/** Fraud speaks of users: a run is only how its user is found. */
export function isAboutUser(event: string): boolean {
  return /^(?:lists|aml|transaction):/.test(event)
}

/** What to ask of the sandbox; `startedId` is the run that was started for it. */
export function toTrigger(draft: EventDraft, startedId: string | null): SandboxTrigger {
  const { event, source, status, about, userId, arrival, door, count, score } = draft
  return {
    event,
    ...(status && { status }),
    ...(event === 'ping' ? {} : readSubject(event, about, userId, startedId)),
    ...(source === 'seon-fraud' && count > 1 && { count }),
    ...(source === 'incode' && { score }),
    ...(isIdvEvent(event) && { source: door }),
    ...(arrival === 'twice' && { copies: 2 }),
    ...(arrival === 'late' && { holdMs: LATE_MS }),
    ...((arrival === 'wrong' || arrival === 'missing') && { forged: arrival }),
  }
}

function readSubject(event: string, about: About, userId: string, startedId: string | null): Partial<SandboxTrigger> {
  const id = about === 'start' ? startedId : about === 'unknown' ? null : about.slice('id:'.length)
  if (id !== null) return event === 'incode' ? { interviewId: id } : { executionId: id }
  // Without an id Fraud's go to the user's newest run, whose transactions it knows.
  if (isAboutUser(event)) return { userId }
  return event === 'incode'
    ? { userId, interviewId: createInterviewId() }
    : { userId, executionId: crypto.randomUUID() }
}

/** As Incode writes them: 24 hexadecimal digits. */
function createInterviewId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Whether what the draft is about is still there to choose. */
export function isKnown(about: About, { runs, interviews }: SandboxSubjects): boolean {
  if (!about.startsWith('id:')) return true
  const id = about.slice('id:'.length)
  return runs.some((run) => run.executionId === id) || interviews.some((each) => each.interviewId === id)
}

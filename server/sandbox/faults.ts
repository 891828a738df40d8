import type { RequestHandler, Response } from 'express'
import type { SandboxClock } from './clock.ts'

/** Where a fault can be put. */
export const FAULT_PLACES = ['init-workflow', 'regions', 'client-init', 'device-hash', 'page'] as const
export type FaultPlace = (typeof FAULT_PLACES)[number]

/**
 * Every fault by name. Put one on a place by `POST /control/faults`; or, on `init-workflow`, give its name as the
 * `user_id` or as the part of the e-mail address before the @ (`error-401@example.com`).
 */
export const FAULTS = [
  'error-missing-inputs',
  'error-input-format',
  'error-401',
  'error-403',
  'error-404',
  'error-429',
  'error-429-retry-after',
  'error-500',
  'error-slow',
  'error-cut',
  'error-garbage',
  'error-huge',
  'error-truncated',
  'error-redirect',
] as const
export type Fault = (typeof FAULTS)[number]

/** Longer than any time-out of ours; the right answer follows. */
const SLOW_MS = 60_000
/** Above every limit that a receiver of a token should have. */
const HUGE_BYTES = 1_000_000
/** Short, so that a test can wait for it. */
const RETRY_AFTER_S = 1

/** SEON documents codes, not the body around them (SDK readme 1.5); its samples read `message` at the top level. */
export function sendSeonError(response: Response, status: number, code: string, message: string): void {
  response.status(status).json({ code, message })
}

export interface Faults {
  /** `fault: null` takes it away; `times` is how often it strikes, default for ever. */
  set(place: FaultPlace, fault: Fault | null, times?: number): void
  list(): { place: FaultPlace; fault: Fault; times: number | null }[]
  /** Strikes if a fault is due here (or `readName` finds one in the request), else goes on. */
  at(place: FaultPlace, readName?: (body: unknown) => string | undefined): RequestHandler
}

export function isFault(name: unknown): name is Fault {
  return FAULTS.some((fault) => fault === name)
}

export function isFaultPlace(name: unknown): name is FaultPlace {
  return FAULT_PLACES.some((place) => place === name)
}

export function createFaults(clock: SandboxClock): Faults {
  const due = new Map<FaultPlace, { fault: Fault; times: number }>()

  function take(place: FaultPlace): Fault | undefined {
    const entry = due.get(place)
    if (entry === undefined) return undefined
    entry.times -= 1
    if (entry.times <= 0) due.delete(place)
    return entry.fault
  }

  return {
    set(place, fault, times = Infinity) {
      if (fault === null) due.delete(place)
      else due.set(place, { fault, times })
    },
    list: () =>
      [...due].map(([place, { fault, times }]) => ({ place, fault, times: Number.isFinite(times) ? times : null })),
    at: (place, readName) => (request, response, next) => {
      const named = readName?.(request.body)
      const fault = take(place) ?? (isFault(named) ? named : undefined)
      if (fault === undefined) next()
      else strike(fault, response, clock, next)
    },
  }
}

function strike(fault: Fault, response: Response, clock: SandboxClock, goOn: () => void): void {
  switch (fault) {
    case 'error-missing-inputs':
      return sendSeonError(response, 400, 'MISSING_REQUIRED_INPUTS', 'Required inputs are missing: user_fullname')
    case 'error-input-format':
      return sendSeonError(response, 400, 'INVALID_INPUT_FORMAT', 'Input has a wrong format: phone_number')
    case 'error-401':
      return sendSeonError(response, 401, 'UNAUTHORIZED', 'The API key is not valid')
    case 'error-403':
      return sendSeonError(response, 403, 'FORBIDDEN', 'The API key has no access to this workflow')
    case 'error-404':
      return sendSeonError(response, 404, 'WORKFLOW_NOT_FOUND', 'No such workflow, or it is inactive')
    case 'error-429-retry-after':
      response.set('retry-after', String(RETRY_AFTER_S))
      return sendSeonError(response, 429, 'RATE_LIMITED', 'Too many requests')
    case 'error-429':
      return sendSeonError(response, 429, 'RATE_LIMITED', 'Too many requests')
    case 'error-500':
      return sendSeonError(response, 500, 'INTERNAL_ERROR', 'Something went wrong')
    case 'error-slow': {
      const undo = clock.schedule(SLOW_MS, goOn)
      response.once('close', undo)
      return
    }
    case 'error-cut':
      response.socket?.destroy()
      return
    case 'error-garbage':
      response.type('json').send('<!doctype html><title>Bad gateway</title>')
      return
    case 'error-huge':
      response.type('json').send(JSON.stringify({ data: { token: 'x'.repeat(HUGE_BYTES) } }))
      return
    case 'error-truncated': {
      const half = '{"data":{"executionId":"'
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(half.length * 2) })
      response.write(half, () => response.socket?.destroy())
      return
    }
    case 'error-redirect':
      response.redirect(307, '/elsewhere')
      return
  }
}

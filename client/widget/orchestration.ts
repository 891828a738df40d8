// The only file that imports SEON's SDK, and the one that is loaded with it. `defect n` is the number by which
// test/client/widget/orchestration.test.ts shows it against the real SDK 0.0.3.
//
// Two cannot be mended from outside. 9: every start adds 17 input listeners to the page for SEON's behavioural analysis,
// and none is ever removed. 11: a visitor who leaves the browser's question about geolocation unanswered is waited for
// without end. Sites have to say the first in their privacy notes.

import {
  type FlowConfiguration,
  SeonOrchestration,
  type ThemeConfiguration,
} from '@seontechnologies/seon-orchestration'
import type { Outcome } from './events.ts'
import { type Failure, type FailureCode, SDK_ERROR_CODES } from './failure.ts'
import { isSeonOrigin, watchFrame } from './frame/frame-watch.ts'
import { hideImpostor, keepGlobals } from './frame/page-globals.ts'
import { toSdkLanguage } from './messages/sdk-language.ts'
import { warn } from './reasons/warn.ts'

/** Two round trips of SEON's SDK, none of which it ever gives up by itself. */
const START_LIMIT_MS = 30_000

/** As long as a slow phone on a slow network may take to load SEON's page. */
const SILENCE_LIMIT_MS = 20_000

/** A frame that says `closed` may have said how it ended just after; that is worth a moment. */
const CLOSED_GRACE_MS = 500

export interface FlowOptions {
  /** SEON's session token, one a flow. */
  token: string
  /** Where the frame goes, or the window that was opened in the click. */
  target: HTMLElement | Window
  /** BCP 47. */
  language?: string
  theme?: ThemeConfiguration
  /** Given by a sandbox server only: what stands in for SEON. */
  sandboxUrl?: string
  /** In milliseconds. */
  limits?: { start: number; silence: number }
}

export type FlowEvent =
  /** The frame or window is there, loaded or not. */
  | { type: 'shown'; frame: HTMLIFrameElement | null }
  /** Something is in the frame, SEON's page or the browser's about an error. */
  | { type: 'loaded' }
  /** SEON's page spoke for the first time. */
  | { type: 'opened' }
  | { type: 'started' }
  | { type: 'completed'; outcome: Outcome }
  | { type: 'cancelled' }
  /** SEON's page reports something that it may recover from. */
  | { type: 'error'; failure: Failure }
  /** The frame has loaded and says nothing. */
  | { type: 'silent' }
  /** It is over, `closed` follows. */
  | { type: 'failed'; failure: Failure }
  /** Always, once, last. */
  | { type: 'closed' }

export interface Flow {
  /** May be called at any time, any number of times. */
  close(): void
}

export function openFlow(options: FlowOptions, report: (event: FlowEvent) => void): Flow {
  const { target, limits = { start: START_LIMIT_MS, silence: SILENCE_LIMIT_MS } } = options
  const container = target instanceof HTMLElement ? target : null
  const popup = target instanceof HTMLElement ? null : target

  // Defects 1, 2, 5, 14: the SDK is one object for the whole page that remembers a failed start, cleans up the last
  // flow's frame again and tells everybody everything. A fresh one for each flow has nothing to remember.
  const sdk: typeof SeonOrchestration = Reflect.construct(SeonOrchestration.constructor, [])
  const config = toConfiguration(options, container)

  let state: 'starting' | 'shown' | 'over' = 'starting'
  let frame: HTMLIFrameElement | null = null
  let spoken = false
  let loaded = false
  let refusedRequest: Failure | null = null

  // Defect 3: what the page does about an event must not happen inside the SDK's own handler, which closes afterwards.
  const deliver = (event: FlowEvent) => queueMicrotask(() => report(event))

  const end = (last?: FlowEvent) => {
    if (state === 'over') return
    state = 'over'
    clearTimeout(startTimer)
    clearTimeout(silenceTimer)
    clearTimeout(graceTimer)
    watch.stop()
    restoreGlobals()
    if (last) deliver(last)
    deliver({ type: 'closed' })
  }

  const close = (last?: FlowEvent) => {
    if (state === 'shown') {
      if (last) deliver(last)
      returnFrame(frame, container)
      try {
        sdk.close()
      } catch {
        // Defect 4: somebody took the frame away from under the SDK.
      }
      popup?.close()
      end()
      return
    }
    if (state === 'over') return
    // Defect 6: a start under way goes on after a `close()` and opens the frame. It reads its configuration only when it
    // is about to, so this is what it finds then, and fails.
    Object.assign(config, NOWHERE)
    popup?.close()
    end(last)
  }

  const fail = (code: FailureCode, directive?: string) =>
    close({ type: 'failed', failure: directive === undefined ? { code } : { code, directive } })

  const watch = watchFrame(import.meta.url, {
    spoke() {
      if (spoken) return
      spoken = true
      clearTimeout(silenceTimer)
      deliver({ type: 'opened' })
    },
    saidClosed() {
      graceTimer ??= setTimeout(() => close(), CLOSED_GRACE_MS)
    },
    blocked(directive, origin) {
      // Defect 8: the SDK reports a frame as opened that the page's policy has blocked.
      if (directive === 'frame-src' && frame && origin === new URL(frame.src).origin) {
        fail('frame_blocked', directive)
      } else if (directive === 'connect-src' && state === 'starting' && isOurs(origin, options.sandboxUrl)) {
        refusedRequest ??= { code: 'connect_blocked', directive }
      }
    },
    hindered(directive, what) {
      const text = `The page’s content security policy (${directive}) keeps out ${what}, which SEON’s device check asks for.`
      warn(directive, text)
    },
  })

  // Defect 7: none of the SDK's requests has a time-out.
  const startTimer = setTimeout(() => fail('start_timeout'), limits.start)
  let silenceTimer: ReturnType<typeof setTimeout> | undefined
  let graceTimer: ReturnType<typeof setTimeout> | undefined

  // Emitted by the SDK as soon as the frame is in the page; a frame's own `opened` never gets here.
  sdk.on('opened', () => {
    if (state !== 'starting') return
    state = 'shown'
    clearTimeout(startTimer)
    frame = container?.querySelector('iframe') ?? null
    frame?.addEventListener('load', () => {
      if (!loaded) deliver({ type: 'loaded' })
      loaded = true
    })
    const frameWindow = frame?.contentWindow ?? popup
    if (frameWindow) watch.follow(frameWindow, frame && new URL(frame.src).origin)
    silenceTimer = setTimeout(() => {
      // Whether a loaded page is SEON's or the browser's own about an error cannot be told. A visitor who reads before
      // beginning must not be cut off, so a loaded frame stays.
      if (loaded || popup) deliver({ type: 'silent' })
      else fail('start_timeout')
    }, limits.silence)
    deliver({ type: 'shown', frame })
  })
  sdk.on('started', () => deliver({ type: 'started' }))
  sdk.on('completed', (outcome) => deliver({ type: 'completed', outcome: parseOutcome(outcome) }))
  sdk.on('cancelled', () => deliver({ type: 'cancelled' }))
  sdk.on('error', (sent) => {
    const code = SDK_ERROR_CODES.find((known) => known === sent) ?? 'unknown'
    // Defect 10: an `error` leaves the frame open. After all but `unknown` there is nothing left to do in it.
    if (code === 'unknown') deliver({ type: 'error', failure: { code: 'sdk_unknown' } })
    else fail(`sdk_${code}`)
  })
  sdk.on('closed', () => end())

  const hideContainer = container ? exposeContainer(container) : () => {}
  // Defect 16: the device check changes the page's own functions for good.
  const noteWrapped = keepGlobals()
  // Defect 17: whatever else the page calls `seon` is taken for that check.
  const showImpostor = hideImpostor()
  // Defect 12: started without a configuration, the SDK takes an old one; here it always gets one.
  const started = sdk.start(config)
  const restoreGlobals = noteWrapped()
  showImpostor()
  started
    .catch(async (error: unknown) => {
      // The browser tells of a violated policy after it has failed the request.
      await new Promise((resolve) => setTimeout(resolve))
      if (state === 'over') return
      if (popup?.closed) {
        end({ type: 'cancelled' })
        return
      }
      const failure = refusedRequest ?? { code: toFailureCode(error) }
      fail(failure.code, failure.directive)
    })
    .finally(hideContainer)

  return { close: () => close() }
}

/** A place that the SDK refuses to open a frame in. */
const NOWHERE = { renderingMode: 'inline', containerId: '' } as const

function toConfiguration(options: FlowOptions, container: HTMLElement | null): FlowConfiguration {
  return {
    token: options.token,
    language: toSdkLanguage(options.language),
    ...(options.theme && { theme: options.theme }),
    ...(options.sandboxUrl !== undefined && { seon_test_iframe_url_override: options.sandboxUrl }),
    ...(container ? { renderingMode: 'inline', containerId: container.id } : { renderingMode: 'popup' }),
  }
}

/**
 * Lets the SDK find and empty the container wherever it is: it asks `document.getElementById`, which does not see into
 * shadow roots, and sets `innerHTML`, which Trusted Types forbid.
 */
function exposeContainer(container: HTMLElement): () => void {
  const set = () => {
    container.replaceChildren()
  }
  Object.defineProperty(container, 'innerHTML', { configurable: true, set })
  if (container.getRootNode() === document) return () => {}
  const own = Reflect.getOwnPropertyDescriptor(document, 'getElementById')
  const find = (id: string) => (id === container.id ? container : Document.prototype.getElementById.call(document, id))
  Object.defineProperty(document, 'getElementById', { configurable: true, writable: true, value: find })
  return () => {
    if (Reflect.getOwnPropertyDescriptor(document, 'getElementById')?.value !== find) return
    Reflect.deleteProperty(document, 'getElementById')
    if (own) Reflect.defineProperty(document, 'getElementById', own)
  }
}

/** Defect 4: the SDK's cleaning up stops half-way unless the frame is where it was put. */
function returnFrame(frame: HTMLIFrameElement | null, container: HTMLElement | null): void {
  if (!frame || !container || frame.parentNode === container) return
  frame.removeAttribute('src')
  container.append(frame)
}

function isOurs(origin: string, sandboxUrl: string | undefined): boolean {
  return isSeonOrigin(origin) || (sandboxUrl !== undefined && new URL(sandboxUrl).origin === origin)
}

const OUTCOMES = ['success', 'pending', 'failed', 'unknown'] as const satisfies Outcome[]

/** The frame can send anything as its outcome. */
function parseOutcome(sent: unknown): Outcome {
  return OUTCOMES.find((known) => known === sent) ?? 'unknown'
}

/** Defect 13: the SDK's errors are texts only. */
function toFailureCode(error: unknown): FailureCode {
  const text = error instanceof Error ? error.message : ''
  if (text.startsWith('Failed to open popup')) return 'popup_blocked'
  if (text.startsWith('Invalid response')) return 'sdk_invalid_answer'
  const status = Number(/Failed to initialize client: (\d{3})/.exec(text)?.[1])
  // SEON's own code for a token that is not valid (any more).
  if (status === 401 || status === 403) return 'sdk_error_code_3'
  if (status) return `sdk_http_${status}`
  return error instanceof TypeError ? 'network' : 'sdk_unknown'
}

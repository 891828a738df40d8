import { collectCall, type RunOptions } from './attempt-options.ts'
import { type Failure, toFailure } from './failure.ts'
import { createDialogStage } from './frame/dialog-stage.ts'
import { findHindrance } from './frame/find-hindrance.ts'
import { createInlineStage } from './frame/inline-stage.ts'
import type { Stage } from './frame/stage.ts'
import { requestInit } from './init-client.ts'
import type { LinkEvent } from './link/link-run.ts'
import { applyOwnMessages, loadMessages, type Messages } from './messages/messages.ts'
import type { FlowEvent } from './orchestration.ts'
import { ProgressClient } from './progress-client.ts'

export type AttemptEvent = FlowEvent | LinkEvent

/**
 * Asks the server for a verification, opens SEON's flow on it and tells the server how it goes. Resolves when nothing
 * of it is left on the page, with what went wrong before there was a flow.
 */
export async function runAttempt(options: RunOptions, report: (event: AttemptEvent) => void): Promise<Failure | null> {
  const { server, language, host, popup, signal } = options
  const { theme } = host
  try {
    if (options.mode === 'link') return await (await import('./link/link-run.ts')).runLink(options, report)
    // A window of its own asks for the camera by itself.
    const hindrance = popup || options.anyway ? null : findHindrance(window)
    if (hindrance) return { code: hindrance }
    const texts = loadMessages(language).then((messages) => applyOwnMessages(messages, host.messages))
    if (popup) showText(popup, (await texts).loading)
    const [{ openFlow }, messages, session] = await Promise.all([
      import('./orchestration.ts'),
      texts,
      collectCall(options).then(async (call) => ({ ...(await requestInit(call)), about: call.about })),
    ])
    const { token, statusToken, sandboxUrl, about } = session
    if (signal.aborted) return null
    if (popup?.closed) {
      report({ type: 'ready', statusToken, about })
      report({ type: 'cancelled' })
      return null
    }
    const hints = new ProgressClient(server, statusToken)
    const stage = popup ? null : createStage(options, messages)
    const target = stage?.container ?? popup
    if (!target) return null
    await new Promise<void>((resolve) => {
      const flow = openFlow(
        { token, target, language, ...(theme && { theme }), ...(sandboxUrl && { sandboxUrl }) },
        (event) => {
          arrange(stage, event)
          sendHint(hints, event)
          if (event.type === 'closed') resolve()
          else report(event)
        },
      )
      // SEON is on its way before anybody writes this down and draws it; what it says comes later in any case.
      report({ type: 'ready', statusToken, about })
      signal.addEventListener('abort', () => flow.close())
    })
    return null
  } catch (error) {
    return toFailure(error)
  }
}

function createStage({ mode, host, close }: RunOptions, texts: Messages): Stage {
  return mode === 'inline' ? createInlineStage(host, texts, close) : createDialogStage(texts, close)
}

function arrange(stage: Stage | null, event: FlowEvent): void {
  if (event.type === 'shown' && event.frame) stage?.show(event.frame)
  else if (event.type === 'loaded') stage?.uncover()
  else if (event.type === 'opened') stage?.withdrawExit()
  else if (event.type === 'silent') stage?.offerExit('slow')
  else if (event.type === 'error') stage?.offerExit('wrong')
  else if (event.type === 'closed') stage?.remove()
}

function sendHint(hints: ProgressClient, event: FlowEvent): void {
  if (event.type === 'shown' || event.type === 'loaded' || event.type === 'silent') return
  if (event.type === 'completed') void hints.send(event.type, event.outcome)
  else if (event.type === 'error' || event.type === 'failed') void hints.send('error', event.failure.code)
  else void hints.send(event.type)
}

/** The window is there before anything is in it. */
function showText(popup: Window, text: string): void {
  try {
    popup.document.title = text
    popup.document.body.textContent = text
    popup.document.body.style.cssText = 'font: 16px system-ui, sans-serif; margin: 24px; color-scheme: light dark'
  } catch {
    // A window of that name was open already and shows another site; it is about to be navigated.
  }
}

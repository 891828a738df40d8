import { html, nothing, type TemplateResult } from 'lit'
import type { Status } from '../../../server/protocol.ts'
import type { Failure } from '../failure.ts'
import type { Mode } from '../frame/mode.ts'
import type { Messages } from '../messages/messages.ts'
import type { State } from '../phase.ts'
import { readReason } from '../reasons/reasons.ts'
import { type Action, type ActionListener, renderActions } from './action.ts'
import { renderBox } from './box.ts'
import { type IconName, renderIcon } from './icons.ts'
import { renderLink, type ShownLink } from './link.ts'

export { warnOfFailure } from '../reasons/reasons.ts'
export { momentStyles } from './moment-styles.ts'

/** What is shown at one moment after the click, in words. */
export interface Moment {
  /** The slot that replaces the text; with `-title` the one that replaces the title. */
  name:
    | 'cancelled'
    | 'open'
    | 'link'
    | 'linkBegun'
    | 'submitted'
    | 'approved'
    | 'review'
    | 'declined'
    | 'expired'
    | 'abandoned'
    | 'error'
    | 'failed'
  icon: IconName
  title: string
  text: string
  link?: ShownLink
  actions: Action[]
}

export function describeMoment(state: State, mode: Mode, messages: Messages): Moment {
  const moment = describePhase(state, mode, messages)
  return state.final ? { ...moment, actions: moment.actions.filter(({ name }) => name !== 'start') } : moment
}

function describePhase(state: State, mode: Mode, messages: Messages): Moment {
  const again: Action = { name: 'start', label: messages.startAgain, primary: true }
  switch (state.phase) {
    case 'idle':
    case 'starting':
      return { ...describe('cancelled', 'stopped', messages), actions: [again] }
    case 'open': {
      const close: Action = { name: 'close', label: messages.cancel }
      if (state.link) {
        if (state.status) return { ...describe('linkBegun', 'busy', messages), actions: [close] }
        return { ...describe('link', 'busy', messages), link: { ...state.link, ...messages }, actions: [close] }
      }
      const show: Action = { name: 'showWindow', label: messages.showWindow, primary: true }
      const actions = mode === 'popup' ? [show, close] : [close]
      if (state.failure) return { ...describeFailure(state.failure, messages), actions }
      const moment = { ...describe('open', 'busy', messages), actions }
      return mode === 'popup' ? { ...moment, text: messages.openPopup } : moment
    }
    case 'submitted':
      return describe('submitted', 'sent', messages)
    case 'decided':
      return describeDecision(state.status, messages, again)
    case 'failed': {
      const failure = state.failure ?? { code: 'sdk_unknown' }
      const elsewhere: Action[] = [
        { name: 'startLink', label: messages.otherDevice, primary: true },
        { name: 'startAnyway', label: messages.startAnyway },
      ]
      const { visitor } = readReason(failure.code)
      // Neither is a fault of anybody's, and a start would be refused again.
      if (visitor === 'already_approved') return describeAlready('approved', visitor, messages)
      if (visitor === 'already_submitted') return describeAlready('submitted', visitor, messages)
      return { ...describeFailure(failure, messages), actions: visitor === 'camera' ? elsewhere : [again] }
    }
    default:
      return state.phase satisfies never
  }
}

function describeFailure({ code }: Failure, { failedTitle, failures }: Messages): Moment {
  return { name: 'failed', icon: 'failed', title: failedTitle, text: failures[readReason(code).visitor], actions: [] }
}

function describeAlready(
  name: 'approved' | 'submitted',
  visitor: 'already_approved' | 'already_submitted',
  messages: Messages,
): Moment {
  return { ...describe(name, name === 'approved' ? 'approved' : 'sent', messages), text: messages.failures[visitor] }
}

function describeDecision(status: Status | null, messages: Messages, again: Action): Moment {
  if (status === 'approved' || status === 'review') return describe(status, status, messages)
  if (status === 'expired' || status === 'abandoned') {
    return { ...describe(status, status, messages), actions: [again] }
  }
  // Trying again is possible, and not what the page should push somebody to who was turned down.
  if (status === 'declined') return { ...describe(status, status, messages), actions: [{ ...again, primary: false }] }
  return { ...describe('error', 'error', messages), actions: [again] }
}

function describe(name: Exclude<Moment['name'], 'failed'>, icon: IconName, messages: Messages): Moment {
  return { name, icon, title: messages[`${name}Title`], text: messages[name], actions: [] }
}

/** All that the element shows once there is more to say than that a click starts it. */
export function renderLater(state: State, mode: Mode, messages: Messages, listener: ActionListener): TemplateResult {
  const { phase, loaded, link } = state
  const open = phase === 'open'
  const moment = describeMoment(state, mode, messages)
  if (open && mode === 'inline' && !link) {
    const below = renderActions(moment.actions, listener)
    return renderBox(mode, loaded ? nothing : renderSkeleton(messages), open, below)
  }
  // The frame was there and nothing is left to do: its room would only be empty.
  const through = loaded && (phase === 'submitted' || phase === 'decided')
  return renderBox(through ? 'fullscreen' : mode, renderMoment(moment, listener), open, nothing)
}

export function renderMoment(moment: Moment, listener: ActionListener): TemplateResult {
  const { name, icon, title, text, link, actions } = moment
  return html`<div class="message" part="message" role="status" tabindex="-1">
      ${renderIcon(icon)}
      <p class="title" part="title"><slot name="${name}-title">${title}</slot></p>
      <p class="text" part="text"><slot name=${name}>${text}</slot></p>
    </div>
    ${link ? renderLink(link) : nothing}
    ${actions.length > 0 ? renderActions(actions, listener) : nothing}`
}

/** Inline, where the frame will be; it covers this once it has loaded. */
function renderSkeleton(messages: Messages): TemplateResult {
  return html`<div class="skeleton" part="skeleton" role="status"><i></i><i></i><i></i>${messages.loading}</div>`
}

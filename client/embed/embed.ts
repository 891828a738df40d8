// The page that sites frame which can have nothing else: the element, and messages to and from the page around it.

import type { EmbedParentMessage } from '../../server/protocol.ts'
import type { SeonVerifyElement } from '../widget/seon-verify.ts'
import { openParentChannel } from './parent-channel.ts'
import { createTokenQuestion } from './token-question.ts'

const EVENTS = ['opened', 'started', 'completed', 'cancelled', 'error', 'closed', 'status'] as const

const element = readElement()
const embedders = (document.documentElement.dataset['embedders'] ?? '').split(' ')
// Its constructor sets what a message would have set before.
const defined = customElements.whenDefined('seon-verify')
const channel = openParentChannel(embedders, (message) => void defined.then(() => handle(message)))
const tokens = createTokenQuestion(channel)
let isConfigured = false

function readElement(): SeonVerifyElement {
  const found = document.querySelector('seon-verify')
  if (found === null) throw new Error('The page lacks the element.')
  return found
}

/** Nothing personal may stand in an address, so this is all that the query says. */
function applyQuery(): void {
  const query = new URLSearchParams(location.search)
  // Full screen would be as large as the iframe.
  element.setAttribute('mode', query.get('mode') === 'popup' ? 'popup' : 'inline')
  const language = query.get('language')
  if (language) {
    element.setAttribute('language', language)
    document.documentElement.lang = language
  }
  const workflow = query.get('workflow')
  if (workflow) element.setAttribute('workflow', workflow)
}

function handle(message: EmbedParentMessage): void {
  if (message.type === 'seon-verify-token') return tokens.answer(message.id, message.userToken)
  if (message.type === 'seon-verify-receipt-used') return element.formResetCallback()
  const { userId, userToken, email, phoneNumber, inputs, theme, asksForToken } = message
  // The form is the page's around this one, so that is where the receipt is redeemed.
  element.receiptOrigin = channel.origin
  element.name = 'seon-verify'
  element.userId = userId
  element.userToken = userToken ?? null
  element.email = email ?? null
  element.phoneNumber = phoneNumber ?? null
  element.inputs = inputs ?? {}
  element.theme = theme
  element.getUserToken = asksForToken ? () => tokens.ask() : undefined
  element.removeAttribute('disabled')
  if (isConfigured) return
  isConfigured = true
  channel.post({ type: 'seon-verify-configured' })
  new ResizeObserver(tellHeight).observe(document.body)
}

function tellHeight(): void {
  channel.post({ type: 'seon-verify-height', height: Math.ceil(document.body.getBoundingClientRect().height) })
}

applyQuery()
for (const name of EVENTS) {
  element.addEventListener(`seon-verify-${name}`, ({ detail }: CustomEvent<unknown>) => {
    channel.post({ type: 'seon-verify-event', name, detail })
  })
}
element.addEventListener('change', () => {
  channel.post({ type: 'seon-verify-receipt', receipt: element.value || null })
})

// The page that sites frame which can have nothing else: the element, and messages to and from the page around it.

import type { EmbedParentMessage } from '../../server/protocol.ts'
import type { SeonVerifyElement } from '../widget/seon-verify.ts'
import { readStatusToken } from '../widget/status-token-store.ts'
import { openParentChannel } from './parent-channel.ts'
import { createReceiptKeeper } from './receipt-keeper.ts'
import { createTokenQuestion } from './token-question.ts'

const EVENTS = ['opened', 'started', 'completed', 'cancelled', 'error', 'closed', 'status'] as const

const element = readElement()
const embedders = (document.documentElement.dataset['embedders'] ?? '').split(' ')
// Its constructor sets what a message would have set before.
const defined = customElements.whenDefined('seon-verify')
const channel = openParentChannel(embedders, (message) => void defined.then(() => handle(message)))
const tokens = createTokenQuestion(channel)
const receipts = createReceiptKeeper({
  origin: () => channel.origin,
  tell: (receipt) => channel.post({ type: 'seon-verify-receipt', receipt }),
})
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
  const { userId, userToken, email, phoneNumber, inputs, theme, asksForToken } = message
  if (element.userId !== userId) receipts.drop()
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

function keepReceipt(status: string): void {
  const statusToken = readStatusToken({ server: location.origin, userId: element.userId ?? '' })
  if (status === 'approved' && statusToken !== null) receipts.keep(statusToken)
  else receipts.drop()
}

applyQuery()
for (const name of EVENTS) {
  element.addEventListener(`seon-verify-${name}`, ({ detail }: CustomEvent<unknown>) => {
    channel.post({ type: 'seon-verify-event', name, detail })
  })
}
element.addEventListener('seon-verify-status', ({ detail }) => keepReceipt(detail.status))

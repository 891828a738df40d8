import type { EmbedParentMessage } from '../../server/protocol.ts'

type Configure = Extract<EmbedParentMessage, { type: 'seon-verify-configure' }>

/** Null for whatever is not one of the messages that `EmbedParentMessage` describes. */
export function parseParentMessage(data: unknown): EmbedParentMessage | null {
  if (!isRecord(data)) return null
  if (data['type'] === 'seon-verify-configure') return parseConfigure(data)
  if (data['type'] === 'seon-verify-receipt-used') return { type: 'seon-verify-receipt-used' }
  if (data['type'] !== 'seon-verify-token') return null
  const { id, userToken } = data
  return typeof id === 'number' && isText(userToken) ? { type: 'seon-verify-token', id, userToken } : null
}

function parseConfigure(data: Record<string, unknown>): Configure | null {
  const { userId, inputs, theme } = data
  if (!isText(userId)) return null
  const message: Configure = { type: 'seon-verify-configure', userId }
  for (const name of ['userToken', 'email', 'phoneNumber'] as const) {
    const value = data[name]
    if (isText(value)) message[name] = value
  }
  if (data['asksForToken'] === true) message.asksForToken = true
  if (isRecord(inputs)) message.inputs = inputs
  if (isRecord(theme)) message.theme = theme
  return message
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

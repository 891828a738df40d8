import type { EmbedFrameMessage, EmbedParentMessage } from '../../server/protocol.ts'
import { parseParentMessage } from './parse-parent-message.ts'

export interface ParentChannel {
  /** The origin of the page around this one; null until it has spoken. */
  readonly origin: string | null
  /** Dropped until it is known whom to tell. */
  post(message: EmbedFrameMessage): void
}

/**
 * Talks with the page around this one and with nobody else. Browsers let only pages that may embed frame this one
 * (frame-ancestors); this checks it once more, and that it is always the same one that speaks.
 */
export function openParentChannel(
  embedders: readonly string[],
  listener: (message: EmbedParentMessage) => void,
): ParentChannel {
  const { parent } = window
  let origin: string | null = null

  const mayEmbed = (asking: string) =>
    asking === location.origin || embedders.includes(asking) || (embedders.includes('*') && asking !== 'null')

  window.addEventListener('message', (event) => {
    if (parent === window || event.source !== parent || !mayEmbed(event.origin)) return
    if (origin !== null && event.origin !== origin) return
    const message = parseParentMessage(event.data)
    if (message === null) return
    origin = event.origin
    listener(message)
  })

  return {
    get origin() {
      return origin
    },
    post(message) {
      if (origin !== null) parent.postMessage(message, origin)
    },
  }
}

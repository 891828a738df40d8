/**
 * What a page says to our `/embed` page in its iframe, by `frame.contentWindow.postMessage(message, <our origin>)`, on
 * the iframe's `load` and whenever something changes. Taken from the parent alone, and from an origin of ALLOWED_ORIGINS
 * alone. The iframe needs `allow="camera; microphone; clipboard-write; geolocation; fullscreen"`; without `accelerometer; gyroscope;
 * magnetometer` the browser's console complains of what SEON's page would like to read.
 */
export type EmbedParentMessage =
  | {
      type: 'seon-verify-configure'
      /** Also where a user token says it: a reload of the iframe finds this user's verification again. */
      userId: string
      /** Used until it is replaced; or say `asksForToken` and answer `seon-verify-token-wanted`. */
      userToken?: string
      asksForToken?: boolean
      email?: string
      phoneNumber?: string
      inputs?: Record<string, unknown>
      theme?: Record<string, unknown>
    }
  | { type: 'seon-verify-token'; id: number; userToken: string }
  /** The page has sent its form, which takes a receipt each time: another one follows. */
  | { type: 'seon-verify-receipt-used' }

/** What the `/embed` page says to the page around it, after its first `seon-verify-configure` and to that origin only. */
export type EmbedFrameMessage =
  /** Answers the first configuration. */
  | { type: 'seon-verify-configured' }
  /** How high the iframe should be, CSS px. */
  | { type: 'seon-verify-height'; height: number }
  /** The element's events, without their prefix: `opened` … `status`, with their `detail`. */
  | { type: 'seon-verify-event'; name: string; detail: unknown }
  /** A receipt for the page's own form, or null once there is none; replaced before it expires. */
  | { type: 'seon-verify-receipt'; receipt: string | null }
  /** Answer with `seon-verify-token` and the same id within 10 s. */
  | { type: 'seon-verify-token-wanted'; id: number }

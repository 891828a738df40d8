import type { LitElement } from 'lit'
import type { Status } from '../../../server/protocol.ts'
import type { Proof } from '../form/receipt-keeper.ts'
import { subscribeToStatus } from './status-feed.ts'
import { keepStatusToken, nameKey, readStatusToken, type StatusTokenKey } from './status-token-store.ts'

/** A visitor who comes back waits this long for the server before the button is offered after all. */
const RESTORE_LIMIT_MS = 3000

/** The element, as far as it says who stands where. */
export interface Standee extends LitElement {
  userId: string | null
  userToken: string | null
  workflow: string | null
  getUserToken: (() => Promise<string>) | undefined
}

export interface StandingListener {
  /** A status is about to come. */
  expect(): void
  /** The server's word; `final`: it would refuse another start. */
  hear(status: Status, final: boolean): void
  /** Another user is here: the one before has to be forgotten, of whom everything is there still. */
  leave(): void
}

export interface StandingOptions extends StandingListener {
  /** The server and the user, as the element has them now. */
  readKey(): StatusTokenKey
  readUserToken: () => Promise<string | undefined>
  /** A run is under way: what comes of that is newer than what the server could say. */
  isBusy(): boolean
}

/** Where a user stands by the server's word. */
export interface Standing {
  /** The server is about to say how things stand, so nothing is offered yet. */
  readonly restoring: boolean
  /** What a receipt can be had for. */
  readonly proof: Proof | null
  /** Meets a user who began elsewhere, or a while ago. */
  resume(): Promise<void>
  /** A run begins: what the server has yet to say of those before comes too late. */
  overtake(): void
  /** From now on it is this verification, begun here; about whom, as far as the page says so. */
  take(statusToken: string, about: string): void
  /** Listens to the server about the verification at hand, once. */
  follow(): void
  /** Lets go of the verification at hand. Whoever is here now is met anew. */
  forget(): void
  /** The verification, for a page that is opened again: not the receipt, which has been used by then or is too old. */
  describe(): string | null
  /** Finds again what `describe` has said, of the same user alone. */
  recall(described: string): void
}

/** Found again after a reload or by the user token, followed while the element is on the page, forgotten with the user. */
export function createStanding(host: Standee, options: StandingOptions): Standing {
  let key: StatusTokenKey = { server: '', userId: '' }
  /** It sees the verification at hand; null: there is none. */
  let statusToken: string | null = null
  /** Whether the server was asked where this user stands. A user token: in vain, and with another it may say. */
  let asked: boolean | string = false
  /** Where it is still to answer, and the answer to be believed. */
  let question: object | null = null
  /** Of whom it has answered, or begun a verification. */
  let told = ''
  let restoring = false
  let restoringTimer: ReturnType<typeof setTimeout> | undefined
  let stop: (() => void) | null = null

  const unfollow = () => {
    stop?.()
    stop = null
  }

  const endRestoring = () => {
    restoring = false
    host.requestUpdate()
  }

  /** Offers nothing until the server has said how things stand, or takes too long for that. */
  const restore = () => {
    restoring = true
    clearTimeout(restoringTimer)
    restoringTimer = setTimeout(endRestoring, RESTORE_LIMIT_MS)
  }

  const overtake = () => {
    question = null
    endRestoring()
  }

  const take = (token: string) => {
    unfollow()
    statusToken = token
    keepStatusToken(key, token)
  }

  const drop = () => {
    unfollow()
    statusToken = null
    keepStatusToken(key, null)
  }

  const forget = () => {
    drop()
    asked = false
    overtake()
  }

  const follow = () => {
    if (stop || !statusToken || !host.isConnected) return
    options.expect()
    stop = subscribeToStatus(key.server, statusToken, {
      status({ status, link }) {
        endRestoring()
        // A link that waits is no verification yet.
        if (!link) options.hear(status, false)
      },
      refused() {
        drop()
        endRestoring()
      },
    })
  }

  /** `known`: of whom nothing is to be asked, as it was answered. */
  const resume = async (known = '') => {
    asked = true
    if (options.isBusy()) return
    restore()
    const mine = {}
    question = mine
    const { userToken } = host
    try {
      const { requestResume } = await import('./resume-client.ts')
      if (question !== mine) return
      const answer = await requestResume({
        key,
        known,
        workflow: host.workflow,
        readUserToken: options.readUserToken,
      })
      if (question !== mine) return
      told = answer.about
      const { found } = answer
      if (found) {
        take(found.statusToken)
        options.hear(found.status, !answer.mayStart)
        follow()
      }
    } catch {
      // Nobody says where this user stands: a start is offered as to anybody.
      if (question === mine) asked = userToken ?? true
    }
    if (question === mine) overtake()
  }

  /** Turns to whoever is here now. */
  const meet = () => {
    const now = options.readKey()
    if (key.server === now.server && key.userId === now.userId) return
    // Nobody was met before the first; what is known of one user by their token, or by one server, is nobody else’s.
    if (key.server) options.leave()
    key = now
    told = ''
    statusToken = readStatusToken(key)
    if (statusToken) restore()
    follow()
  }

  host.addController({
    hostConnected: follow,
    // An element that is only moved stays with what it follows.
    hostDisconnected: () =>
      queueMicrotask(() => {
        if (!host.isConnected) unfollow()
      }),
    hostUpdate() {
      meet()
      const { userToken } = host
      if (asked !== true && asked !== userToken && (userToken || host.getUserToken)) void resume(told)
    },
  })

  return {
    get restoring() {
      return restoring
    },
    get proof() {
      return statusToken ? { server: key.server, statusToken } : null
    },
    resume,
    overtake,
    take(token, about) {
      told = about
      take(token)
    },
    follow,
    forget,
    describe: () => (key.userId && statusToken ? `${nameKey(key)}\n${statusToken}` : null),
    recall(described) {
      meet()
      const [name, token] = described.split('\n')
      if (statusToken || name !== nameKey(key) || !token) return
      take(token)
      follow()
    },
  }
}

import type { ParentChannel } from './parent-channel.ts'

/** A page asks its own back end, and the visitor is waiting. */
const PATIENCE_MS = 10_000

export interface TokenQuestion {
  /** Asks the page around this one for a fresh user token. Rejects where it has no answer in time. */
  ask(): Promise<string>
  /** The page's answer to the question of that id. */
  answer(id: number, userToken: string): void
}

export function createTokenQuestion(channel: Pick<ParentChannel, 'post'>): TokenQuestion {
  const open = new Map<number, (userToken: string) => void>()
  let last = 0
  return {
    ask: () =>
      new Promise((resolve, reject) => {
        const id = ++last
        open.set(id, resolve)
        setTimeout(() => {
          open.delete(id)
          reject(new Error('The page has not given a user token.'))
        }, PATIENCE_MS)
        channel.post({ type: 'seon-verify-token-wanted', id })
      }),
    answer(id, userToken) {
      open.get(id)?.(userToken)
      open.delete(id)
    },
  }
}

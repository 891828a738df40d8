import type { Store } from '../../store/engine/store.ts'
import { digest } from '../sessions/sessions.ts'

/** Time to type a password, find a phone, and confirm, ms. */
const LIFETIME_MS = 10 * 60_000

export interface SignIn {
  nonce: string
  codeVerifier: string
}

export interface BegunSignIn extends SignIn {
  /**
   * The id of the session that the browser had. Its cookie is SameSite=Strict, so it comes along when the sign-in begins, on our own
   * page, and not when the provider leads back.
   */
  replaces: string | null
}

/** Those on their way to the OpenID provider. Kept in the store, as another node may see them come back. */
export interface SignIns {
  begin(state: string, browser: string, signIn: BegunSignIn): Promise<void>
  /** What was begun with that state, once, and only for the browser that began it; null otherwise. */
  take(state: string, browser: string): Promise<BegunSignIn | null>
  purge(): Promise<void>
}

export function createSignIns({ store: { db }, now }: { store: Store; now: () => number }): SignIns {
  return {
    async begin(state, browser, { nonce, codeVerifier, replaces }) {
      await db
        .insertInto('sign_ins')
        .values({
          id: digest(state),
          browser: digest(browser),
          nonce,
          code_verifier: codeVerifier,
          replaces,
          expires_at: now() + LIFETIME_MS,
        })
        .execute()
    },
    async take(state, browser) {
      const row = await db
        .deleteFrom('sign_ins')
        .where('id', '=', digest(state))
        .where('browser', '=', digest(browser))
        .returningAll()
        .executeTakeFirst()
      if (row === undefined || row.expires_at <= now()) return null
      return { nonce: row.nonce, codeVerifier: row.code_verifier, replaces: row.replaces }
    },
    async purge() {
      await db.deleteFrom('sign_ins').where('expires_at', '<=', now()).execute()
    },
  }
}

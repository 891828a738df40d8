import { hkdfSync, randomBytes } from 'node:crypto'
import { CompactEncrypt, compactDecrypt } from 'jose'
import { z } from 'zod'
import { HttpError } from '../http/errors.ts'
import type { SeonInputs } from '../vendors/seon-inputs.ts'

/** 128 bits: not to be guessed in the day that a link lives, and 22 characters in its address. */
const CODE_BYTES = 16
const BEARER = /^link\.([\w-]{22})\.([\w-]{22})$/

/** The code in a link's address: whoever has it is let in, so it is stored nowhere as it is. */
export const createLinkCode = (): string => randomBytes(CODE_BYTES).toString('base64url')

/** Whether a bearer token comes from our hosted page rather than from a site's back end. */
export const isLinkBearer = (bearer: string): boolean => bearer.startsWith('link.')

/** `link.<code>.<device>`; throws 404 `link_invalid`. */
export function parseLinkBearer(bearer: string): { code: string; device: string } {
  const [, code, device] = BEARER.exec(bearer) ?? []
  if (code === undefined || device === undefined) throw new HttpError(404, 'link_invalid')
  return { code, device }
}

/** A link's inputs (names, addresses) wait for a day: without the code nobody reads them, us included. */
export function sealInputs(inputs: SeonInputs, code: string): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(inputs)))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(keyOf(code))
}

export async function openInputs(sealed: string, code: string): Promise<SeonInputs> {
  const { plaintext } = await compactDecrypt(sealed, keyOf(code), {
    keyManagementAlgorithms: ['dir'],
    contentEncryptionAlgorithms: ['A256GCM'],
  })
  return sealedSchema.parse(JSON.parse(new TextDecoder().decode(plaintext)))
}

const sealedSchema = z.looseObject({
  user_id: z.string(),
  email: z.string().exactOptional(),
  transaction_id: z.string().exactOptional(),
})

const keyOf = (code: string): Uint8Array => new Uint8Array(hkdfSync('sha256', code, '', 'seon-verify link inputs', 32))

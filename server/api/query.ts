import { z } from 'zod'
import { HttpError } from '../http/errors.ts'

/** Items on a page: the default, and the most. */
const DEFAULT_LIMIT = 50
export const MAX_LIMIT = 200

export const limit = z.coerce.number().int().min(1).max(MAX_LIMIT).default(DEFAULT_LIMIT)

/** An ISO 8601 time → epoch ms. */
export const time = z.iso
  .datetime({ offset: true })
  .or(z.iso.date())
  .transform((text) => Date.parse(text))

/** `a,b` of the given words. */
export function listOf<const Word extends string>(words: readonly Word[]) {
  return z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(words)).min(1))
}

/** A short text that is compared, never interpreted. PostgreSQL takes no zero characters, so nothing has one. */
export const term = z
  .string()
  .min(1)
  .max(255)
  .refine((text) => !text.includes('\0'))

/** Parses a query string or a body, or throws 400 `invalid` naming every wrong field. */
export function parseWith<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const fields = new Map<string, string>()
  for (const issue of parsed.error.issues) {
    const names = issue.code === 'unrecognized_keys' ? issue.keys : [issue.path.join('.') || 'body']
    for (const name of names) fields.set(name, issue.code === 'unrecognized_keys' ? 'unknown_field' : 'format')
  }
  throw new HttpError(400, 'invalid', { fields: Object.fromEntries(fields) })
}

/** Cursors are opaque: the last item's sort key, so that pages stay put while newer items arrive. */
export function writeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

export function cursorOf<Schema extends z.ZodType>(schema: Schema) {
  return z.string().transform((text, context): z.output<Schema> => {
    let value: unknown
    try {
      value = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    } catch {
      value = undefined
    }
    const parsed = schema.safeParse(value)
    if (parsed.success) return parsed.data
    context.addIssue({ code: 'custom', message: 'not a cursor' })
    return z.NEVER
  })
}

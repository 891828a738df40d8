import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import { type Fields, isFields } from './fields.ts'
import { INPUT_FIELDS, type InputField } from './seon-input-fields.ts'

/** What SEON's `inputs` takes, in its own names. */
export interface SeonInputs {
  user_id: string
  email?: string
  transaction_id?: string
  [field: string]: unknown
}

/**
 * What is wrong with a field: `required` absent; `empty`; `type` not the JSON type wanted; `format`; `too_long`;
 * `unknown_field`; `unknown_workflow`; `conflict` given twice with different values; `token_only` live, a page may not set it.
 */
export type FieldCode =
  | 'required'
  | 'empty'
  | 'type'
  | 'format'
  | 'too_long'
  | 'unknown_field'
  | 'unknown_workflow'
  | 'conflict'
  | 'token_only'

/** What a verified user token says; it wins over the body. */
export interface TokenClaims {
  userId: string
  inputs: Fields
  workflow: string | null
}

export type InitFields =
  | { ok: true; inputs: SeonInputs; workflow: string | null }
  /** Field names as sent; never their values. */
  | { ok: false; fields: Record<string, FieldCode> }

/** Enough to mend a form by; a body can hold thousands of unknown names. */
const MAX_NAMED = 50
/** Longer than every field's name. */
const MAX_NAME = 64

/** Reads the body of `POST /api/init-verification` and, where there is one, the user token's claims. */
export function parseInitBody(
  body: unknown,
  { live, token }: { live: boolean; token: TokenClaims | null },
): InitFields {
  if (!isFields(body)) return { ok: false, fields: {} }
  const wrong = new Map<string, FieldCode>()
  const { workflow: asked, ...sent } = body
  const inputs = readInputs(sent, live, wrong)
  if (token !== null) {
    for (const [name, value] of readInputs(token.inputs, false, wrong)) inputs.set(name, value)
    const { userId } = token
    if (Object.hasOwn(token.inputs, 'user_id') && inputs.get('user_id') !== userId) wrong.set('user_id', 'conflict')
    inputs.set('user_id', userId)
  }
  const userId = inputs.get('user_id')
  if (userId === undefined && !wrong.has('user_id') && !wrong.has('userId')) wrong.set('userId', 'required')
  if (asked !== undefined && typeof asked !== 'string') wrong.set('workflow', 'type')
  if (wrong.size > 0 || typeof userId !== 'string') return { ok: false, fields: toFields(wrong) }
  const workflow = token?.workflow ?? (typeof asked === 'string' ? asked : null)
  return { ok: true, inputs: { ...Object.fromEntries(inputs), user_id: userId }, workflow }
}

function readInputs(sent: Fields, pageOnly: boolean, wrong: Map<string, FieldCode>): Map<string, unknown> {
  const inputs = new Map<string, unknown>()
  const firstNames = new Map<string, string>()
  for (const [name, value] of Object.entries(sent)) {
    const field = INPUT_FIELDS.get(name)
    if (field === undefined) {
      wrong.set(name, 'unknown_field')
      continue
    }
    const firstName = firstNames.get(field.name)
    if (firstName !== undefined && !isDeepStrictEqual(sent[firstName], value)) {
      wrong.set(firstName, 'conflict').set(name, 'conflict')
      continue
    }
    firstNames.set(field.name, name)
    const code = pageOnly && field.tokenOnly ? 'token_only' : readValue(field, value, inputs)
    if (code !== null) wrong.set(name, code)
  }
  return inputs
}

function readValue({ name, schema }: InputField, value: unknown, inputs: Map<string, unknown>): FieldCode | null {
  const read = schema.safeParse(value)
  if (!read.success) return toCode(read.error.issues[0])
  inputs.set(name, read.data)
  return null
}

function toCode(issue: z.core.$ZodIssue | undefined): FieldCode {
  if (issue?.code === 'invalid_type' || issue?.code === 'invalid_union')
    return issue.path.length > 0 ? 'format' : 'type'
  if (issue?.code === 'too_big') return 'too_long'
  return issue?.code === 'too_small' && issue.origin === 'string' ? 'empty' : 'format'
}

/** `fromEntries` makes own properties, so that a field named `__proto__` stays a name. */
const toFields = (wrong: ReadonlyMap<string, FieldCode>): Record<string, FieldCode> =>
  Object.fromEntries([...wrong].slice(0, MAX_NAMED).map(([name, code]) => [name.slice(0, MAX_NAME), code]))

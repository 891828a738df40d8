import { JsonError, parseJson } from '../http/parse-json.ts'
import { type Fields, isFields } from './fields.ts'
import { UnreadableError } from './receiver.ts'

/** Reads a JSON object out of verified bytes. Its depth and size are checked before anything is built from it. */
export function readJsonObject(bytes: Uint8Array): Fields {
  if (bytes.length === 0) throw new UnreadableError('empty')
  const value = parse(bytes)
  if (!isFields(value)) throw new UnreadableError('not_object')
  return value
}

function parse(bytes: Uint8Array): unknown {
  try {
    return parseJson(bytes)
  } catch (error) {
    throw error instanceof JsonError ? new UnreadableError(error.code) : error
  }
}

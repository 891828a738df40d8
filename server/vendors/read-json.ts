import { type Fields, isFields } from './fields.ts'
import { UnreadableError } from './receiver.ts'

/** Vendors nest four or five levels; JSON.stringify and structuredClone throw from some thousands on. */
const MAX_DEPTH = 64
/** Members of objects, and elements of arrays: bounds what a 2 MiB body can make of the heap and of hash tables. */
const MAX_MEMBERS = 10_000

const [QUOTE, BACKSLASH, BRACE, BRACE_END, BRACKET, BRACKET_END, COLON, COMMA] = Buffer.from('"\\{}[]:,')

/** Walks the bytes once, without recursion. In UTF-8 no byte of a longer character looks like ASCII. */
function checkShape(bytes: Uint8Array): void {
  let depth = 0
  let keys = 0
  let commas = 0
  let isInString = false
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index]
    if (isInString) {
      if (byte === BACKSLASH) index++
      else if (byte === QUOTE) isInString = false
      continue
    }
    if (byte === QUOTE) isInString = true
    else if (byte === BRACE || byte === BRACKET) depth++
    else if (byte === BRACE_END || byte === BRACKET_END) depth--
    else if (byte === COLON) keys++
    else if (byte === COMMA) commas++
    if (depth > MAX_DEPTH) throw new UnreadableError('too_deep')
    if (keys > MAX_MEMBERS || commas >= MAX_MEMBERS) throw new UnreadableError('too_many_keys')
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new UnreadableError('not_utf8')
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new UnreadableError('not_json')
  }
}

/** Reads a JSON object out of verified bytes. Its depth and size are checked before anything is built from it. */
export function readJsonObject(bytes: Uint8Array): Fields {
  if (bytes.length === 0) throw new UnreadableError('empty')
  const text = decode(bytes)
  checkShape(bytes)
  const value = parse(text)
  if (!isFields(value)) throw new UnreadableError('not_object')
  return value
}

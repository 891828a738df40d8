/** Deeper than any vendor's payload or form; `JSON.stringify` and `structuredClone` overflow the stack from about 5,000. */
const MAX_DEPTH = 64
/** Objects with more keys, or arrays with more elements, are an attack on hash tables and memory, not data. */
const MAX_KEYS = 10_000

/** Bytes that are not JSON we are willing to hold. */
export class JsonError extends Error {
  readonly code: 'not_utf8' | 'not_json' | 'too_deep' | 'too_many_keys'
  constructor(code: JsonError['code']) {
    super(code)
    this.name = 'JsonError'
    this.code = code
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true })

/** UTF-8 bytes of JSON → value. Depth, keys and elements are counted in the text, before anything is built from it. */
export function parseJson(bytes: Uint8Array): unknown {
  const text = readText(bytes)
  measure(text)
  try {
    return JSON.parse(text)
  } catch {
    throw new JsonError('not_json')
  }
}

function readText(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch {
    throw new JsonError('not_utf8')
  }
}

function measure(text: string): void {
  let depth = 0
  let keys = 0
  let commas = 0
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const char = text[i]
    if (quoted) {
      if (char === '\\') i++
      else if (char === '"') quoted = false
    } else if (char === '"') quoted = true
    else if (char === '{' || char === '[') {
      if (++depth > MAX_DEPTH) throw new JsonError('too_deep')
    } else if (char === '}' || char === ']') depth--
    else if ((char === ':' && ++keys > MAX_KEYS) || (char === ',' && ++commas >= MAX_KEYS))
      throw new JsonError('too_many_keys')
  }
}

export interface PostCall {
  url: string
  bearer?: string | undefined
  headers?: Readonly<Record<string, string>>
  body: unknown
  signal: AbortSignal
  /** In milliseconds. */
  limit: number
}

export interface PostAnswer {
  ok: boolean
  status: number
  /** Null where it is no JSON. */
  body: unknown
}

/** Thrown where no answer came in time. */
export class LateError extends Error {}

/** A request to our server, as every part of the element makes it. Rejects where none of the server's answers came. */
export async function postJson({ url, bearer, headers, body, signal, limit }: PostCall): Promise<PostAnswer> {
  const aborter = new AbortController()
  const abort = () => aborter.abort()
  let late = false
  const timer = setTimeout(() => {
    late = true
    abort()
  }, limit)
  signal.addEventListener('abort', abort)
  if (signal.aborted) abort()
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...headers,
        ...(bearer && { Authorization: `Bearer ${bearer}` }),
      },
      body: stringify(body),
      // Tokens say who it is; cookies of the server's own pages have no business here.
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      signal: aborter.signal,
    })
    const answer: unknown = await response.json().catch((error: unknown) => {
      if (aborter.signal.aborted) throw error
      return null
    })
    return { ok: response.ok, status: response.status, body: answer }
  } catch (cause) {
    throw late ? new LateError('no answer in time', { cause }) : cause
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', abort)
  }
}

/** Prototype 1.6 and older ones teach arrays to become a text in JSON. */
function stringify(body: unknown): string {
  const arrays: object = Array.prototype
  const taught = Object.getOwnPropertyDescriptor(arrays, 'toJSON')
  Reflect.deleteProperty(arrays, 'toJSON')
  try {
    return JSON.stringify(body)
  } finally {
    if (taught) Object.defineProperty(arrays, 'toJSON', taught)
  }
}

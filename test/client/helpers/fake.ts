/** The test page's end of `fake-seon.ts`. */

const { url }: { url: string } = await (await fetch('/fake-seon.json')).json()

export const seonUrl = (scenario: string): string => `${url}/seon/${scenario}`
export const serverUrl = `${url}/verify`

export interface SeenRequest {
  path: string
  /** By the user token, else by the body. */
  userId: string
  body: unknown
  headers: Record<string, string>
}

export async function readRequests(path: string): Promise<SeenRequest[]> {
  const requests: SeenRequest[] = await (await fetch(`${url}/requests`)).json()
  return requests.filter((request) => request.path === path)
}

/** What the server's webhook corridor would have found out about the verification of this user. */
export async function setStatus(userId: string, status: string, revision: number, link?: string): Promise<void> {
  await fetch(`${url}/status`, {
    method: 'POST',
    body: JSON.stringify({ token: `status ${userId}`, status, revision, link }),
  })
}

/** A user token for this user; another one every time. */
export function signToken(userId: string): string {
  const claims = JSON.stringify({ sub: userId, jti: Math.random() })
  const bytes = String.fromCharCode(...new TextEncoder().encode(claims))
  return `e30.${btoa(bytes).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')}.signature`
}

/** Lets the server answer where it was asked about this user, who has to be called `late-resume`, and awaits that. */
export async function answerLate(userId: string): Promise<void> {
  const path = '/verify/api/resume'
  await until(async () => (await readRequests(path)).some((request) => request.userId === userId), 'the question')
  const answered = new Promise<void>((resolve) => {
    new PerformanceObserver((list, observer) => {
      if (!list.getEntries().some(({ name }) => name.endsWith(path))) return
      observer.disconnect()
      resolve()
    }).observe({ entryTypes: ['resource'] })
  })
  await fetch(`${url}/answer`, { method: 'POST' })
  await answered
  await new Promise((resolve) => setTimeout(resolve))
}

/** Lets SEON's page say something. */
export function say(frame: Window | null | undefined, event: string, eventData?: unknown): void {
  if (!frame) throw new Error('There is no frame to speak.')
  frame.postMessage({ say: { event, eventData } }, '*')
}

/** Once SEON's page of this scenario has loaded. Call it before the flow is opened. */
export function whenLoaded(scenario: string): Promise<Window> {
  return new Promise((resolve) => {
    addEventListener('message', function listen({ data, source }: MessageEvent<unknown>) {
      const loaded =
        typeof data === 'object' && data !== null && 'hello' in data && data.hello === `/seon/${scenario}/flow.html`
      if (!loaded || !source || !('closed' in source)) return
      removeEventListener('message', listen)
      resolve(source)
    })
  })
}

/** Looks again with every frame until it is so. */
export async function until<T>(
  read: () => T | Promise<T>,
  what: string,
): Promise<Exclude<T, false | null | undefined>> {
  const deadline = performance.now() + 5000
  for (;;) {
    const value = await read()
    if (isSo(value)) return value
    if (performance.now() > deadline) throw new Error(`Waited in vain: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 16))
  }
}

function isSo<T>(value: T): value is Exclude<T, false | null | undefined> {
  return Boolean(value)
}

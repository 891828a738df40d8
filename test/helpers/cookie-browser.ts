/** Where a walk ended. */
export interface Arrival {
  url: URL
  response: Response
}

/** A browser without pages: keeps cookies by host and follows redirects as far as it is told to. */
export function createCookieBrowser() {
  const jars = new Map<string, Map<string, { value: string; isStrict: boolean }>>()
  const jarOf = (url: URL) => {
    const jar = jars.get(url.host) ?? new Map<string, { value: string; isStrict: boolean }>()
    jars.set(url.host, jar)
    return jar
  }
  const cookiesFor = (url: URL, isForeign = false) =>
    [...jarOf(url)]
      .flatMap(([name, { value, isStrict }]) => (isForeign && isStrict ? [] : `${name}=${value}`))
      .join('; ')

  async function send(url: URL, init: RequestInit = {}, isForeign = false): Promise<Response> {
    const jar = jarOf(url)
    const headers = new Headers(init.headers)
    headers.set('cookie', cookiesFor(url, isForeign))
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) jar.delete(name)
      else jar.set(name, { value, isStrict: /samesite=strict/i.test(line) })
    }
    return response
  }

  return {
    cookies: (url: string) => cookiesFor(new URL(url)),
    send: (url: string, init?: RequestInit) => send(new URL(url), init),
    /** Led there by another site: SameSite=Strict cookies stay at home. */
    sendFromElsewhere: (url: string) => send(new URL(url), {}, true),
    /** Follows redirects until one would leave to where `stopAt` says, or there is none. */
    async walk(start: string, stopAt: (url: URL) => boolean = () => false, init?: RequestInit): Promise<Arrival> {
      let url = new URL(start)
      let response = await send(url, init)
      for (;;) {
        const location = response.headers.get('location')
        if (location === null) return { url, response }
        await response.body?.cancel()
        url = new URL(location, url)
        if (stopAt(url)) return { url, response }
        response = await send(url)
      }
    },
  }
}

export type CookieBrowser = ReturnType<typeof createCookieBrowser>

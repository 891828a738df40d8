import { createServer } from 'node:http'
import { after } from 'node:test'
import { listen, stop } from './listen.ts'

/** A site of somebody else's, on an origin of its own: paths and the HTML they answer. */
export async function startSite(pages: Readonly<Record<string, string>>): Promise<string> {
  const server = createServer((request, response) => {
    const html = pages[new URL(request.url ?? '/', 'http://site').pathname]
    response.writeHead(html === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' })
    response.end(html ?? '')
  })
  const origin = await listen(server)
  after(() => stop(server))
  return origin
}

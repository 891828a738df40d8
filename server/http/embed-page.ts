import { readFile } from 'node:fs/promises'
import type { RequestHandler } from 'express'

/** Where the built page is to be told who may speak to it. */
const PLACE = 'data-embedders=""'

/**
 * `GET /embed?mode=&language=&workflow=`: a page with the element, for sites that can only have an iframe; what passes
 * between the two is in `EmbedParentMessage` and `EmbedFrameMessage`. The page learns whom to listen to with its first
 * byte: a message can come before anything could be asked for.
 */
export function createEmbedPage({
  file,
  embedders,
}: {
  file: string
  embedders: 'any' | readonly string[]
}): RequestHandler {
  // Origins as `URL` writes them: nothing in them needs escaping in an attribute.
  const told = `data-embedders="${embedders === 'any' ? '*' : embedders.join(' ')}"`
  return async (_request, response) => {
    const html = await readFile(file, 'utf8')
    if (!html.includes(PLACE)) throw new Error(`The embed page lacks ${PLACE}.`)
    response.set('Cache-Control', 'no-cache').type('html').send(html.replace(PLACE, told))
  }
}

import { createServer } from 'node:http'
import { after } from 'node:test'
import express, { type Express } from 'express'
import { requireVerified } from 'seon-verify/require-verified'
import { listen, stop } from './listen.ts'

export const API_TOKEN = 'read-only-token-of-a-back-end-0123456789'

/** A bank that opens accounts, as its developers would write it. Who is signed in is the sign-in's business: here Ada. */
export async function startBank(
  server: { url: string },
  { head = '', extend }: { head?: string; extend?: (app: Express) => void } = {},
): Promise<string> {
  const app = express()
  extend?.(app)
  let origin = ''
  app.get('/', (_request, response) => {
    response.send(`<!doctype html><html lang="en"><meta charset="utf-8"><title>Open an account</title>
      <script type="module" src="${server.url}/seon-verify.js"></script>${head}
      <form method="post" action="/open"><label>Name <input name="holder" value="Ada Example"></label>
      <seon-verify name="seon-verify" required user-id="ada-1"></seon-verify><button>Open my account</button></form>`)
  })
  app.post('/open', express.urlencoded({ extended: false }), (request, response, next) =>
    requireVerified({ server: server.url, apiToken: API_TOKEN, userId: () => 'ada-1', origin })(
      request,
      response,
      next,
    ),
  )
  app.post('/open', (request, response) => {
    const { userId } = response.locals['verification']
    response.send(`<!doctype html><title>Done</title><h1>Opened for ${userId}: ${request.body.holder}</h1>`)
  })
  const site = createServer(app)
  origin = await listen(site)
  after(() => stop(site))
  return origin
}

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { z } from 'zod'
import { ensureProgram } from './ensure-program.ts'
import { awaitSome, FLOW, finding, PATIENCE_MS, type Visitor } from './visitor.ts'

/** How W3C's WebDriver writes an element. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'
const Answer = z.object({ value: z.unknown() })
const Session = z.object({ sessionId: z.string() })
const Element = z.object({ [ELEMENT]: z.string() })
const Result = z.union([z.object({ value: z.unknown() }), z.object({ error: z.string() })])

/**
 * Debian's WebKitGTK: its WebKitWebDriver starts MiniBrowser, which needs a display, so a virtual one. Spoken to by
 * plain W3C WebDriver over HTTP, as neither playwright-core nor puppeteer-core knows it.
 */
export async function startWebKit(): Promise<Visitor> {
  const driver = await ensureProgram({
    given: undefined,
    places: ['/usr/bin/WebKitWebDriver'],
    packages: ['webkit2gtk-driver'],
    otherwise: 'Install WebKitGTK’s driver (Debian: sudo apt-get install webkit2gtk-driver).',
  })
  const display = await ensureProgram({
    given: undefined,
    places: ['/usr/bin/xvfb-run'],
    packages: ['xvfb', 'xauth'],
    otherwise: 'Install a virtual display (Debian: sudo apt-get install xvfb xauth).',
  })
  const port = await findFreePort()
  const child = spawn(display, ['--auto-servernum', driver, `--port=${port}`], {
    detached: true,
    stdio: 'ignore',
    // Its own sandbox does not work as root, and there is no graphics card.
    env: { ...process.env, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1', WEBKIT_DISABLE_COMPOSITING_MODE: '1' },
  })
  const call = createCaller(`http://127.0.0.1:${port}`)
  const capabilities = { alwaysMatch: { timeouts: { script: PATIENCE_MS, pageLoad: PATIENCE_MS } } }
  try {
    const session = await awaitSome('WebKitWebDriver', () =>
      call('POST', '/session', { capabilities }).catch((error: unknown) => {
        // Not up yet.
        if (error instanceof TypeError) return null
        throw error
      }),
    )
    const { sessionId } = Session.parse(session)
    return toVisitor((method, path, body) => call(method, `/session/${sessionId}${path}`, body), child)
  } catch (error) {
    endGroup(child)
    throw error
  }
}

type Call = (method: 'POST' | 'DELETE', path: string, body?: unknown) => Promise<unknown>

function toVisitor(call: Call, child: ChildProcess): Visitor {
  const find = async (expression: string): Promise<string | null> => {
    const found = await call('POST', '/execute/sync', { script: `return ${expression}`, args: [] })
    return found === null ? null : Element.parse(found)[ELEMENT]
  }
  const enterFlow = async (): Promise<boolean> => {
    await call('POST', '/frame', { id: null })
    const frame = await find(finding('page', FLOW))
    if (frame !== null) await call('POST', '/frame', { id: { [ELEMENT]: frame } })
    return frame !== null
  }
  return {
    open: async (url) => void (await call('POST', '/url', { url })),
    async evaluate(expression) {
      const script = `const done = arguments[0]
        Promise.resolve().then(() => (${expression})).then((value) => done({ value }), (error) => done({ error: String(error) }))`
      const result = Result.parse(await call('POST', '/execute/async', { script, args: [] }))
      if ('error' in result) throw new Error(result.error)
      return result.value
    },
    async click(place, selector) {
      try {
        const element = await awaitSome(`${selector} (${place})`, async () =>
          place === 'flow' && !(await enterFlow()) ? null : find(finding(place, selector)).catch(() => null),
        )
        await call('POST', `/element/${element}/click`, {})
      } finally {
        if (place === 'flow') await call('POST', '/frame', { id: null })
      }
    },
    async close() {
      await call('DELETE', '').catch(() => {})
      endGroup(child)
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    },
  }
}

function createCaller(base: string): Call {
  return async (method, path, body) => {
    const response = await fetch(`${base}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const { value } = Answer.parse(await response.json())
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(value)}`)
    return value
  }
}

/** The display, the driver and the browser that it has started. */
function endGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGTERM')
  } catch {
    // Gone already.
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

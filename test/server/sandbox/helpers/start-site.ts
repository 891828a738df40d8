import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { closeServer, listen } from './start-sandbox.ts'

const SDK = fileURLToPath(import.meta.resolve('@seontechnologies/seon-orchestration').replace(/[^/]+$/, 'index.es.js'))

/** A plain page that starts the real SDK with what `window.config` holds and keeps its events in `window.said`. */
const PAGE = `<!doctype html><html lang="en"><title>A site</title><link rel="icon" href="data:,">
<button id="go">Verify</button><div id="box" style="width:400px;height:600px"></div>
<script type="module">
import { SeonOrchestration } from './sdk.js'
window.said = []
for (const name of ['opened', 'started', 'completed', 'cancelled', 'error', 'closed'])
  SeonOrchestration.on(name, (detail) => window.said.push(detail === undefined ? name : name + ':' + detail))
document.querySelector('#go').onclick = () => SeonOrchestration.start(window.config).catch((e) => window.said.push('threw:' + e.message))
window.ready = true
</script>`

export interface Site {
  url: string
  close(): Promise<void>
}

export async function startSite(): Promise<Site> {
  const sdk = await readFile(SDK)
  const { server, url } = await listen((request, response) => {
    const isSdk = request.url === '/sdk.js'
    response.setHeader('content-type', isSdk ? 'text/javascript' : 'text/html; charset=utf-8')
    response.end(isSdk ? sdk : PAGE)
  })
  return { url, close: () => closeServer(server) }
}

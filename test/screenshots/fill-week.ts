/** How the sandbox's customers of one week end, over and over. */
const ENDS = [
  'approved',
  'approved',
  'review',
  'approved',
  'approved',
  'declined',
  'approved',
  'abandoned',
  'approved',
  'approved',
  null,
  'cancelled',
] as const

const CUSTOMERS = 120
const WEEK_MS = 7 * 24 * 3600_000

/** The sandbox, its server, and the server's clock, which goes along with the sandbox's own. */
export interface Sandbox {
  server: string
  sandbox: string
  advance: (ms: number) => void
}

export async function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<unknown> {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  }
  const response = await fetch(url, init)
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`)
  return response.status === 204 ? undefined : response.json()
}

function readField(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

async function readExecution(sandbox: string, userId: string): Promise<string> {
  const runs = readField(await (await fetch(`${sandbox}/control/runs`)).json(), 'runs')
  const run: unknown = Array.isArray(runs) ? runs.find((each) => readField(each, 'userId') === userId) : undefined
  return String(readField(run, 'executionId'))
}

/** A week of customers, decided within minutes, some on the second workflow. */
export async function fillWeek({ server, sandbox, advance }: Sandbox): Promise<void> {
  await post(`${sandbox}/control/settings`, { webhookDelayMs: 0 })
  const pass = async (ms: number) => {
    advance(ms)
    await post(`${sandbox}/control/clock`, { advanceMs: ms })
  }
  let left = WEEK_MS
  for (let index = 0; index < CUSTOMERS; index++) {
    // Not even, yet the same each time: pictures should differ only where the product does.
    const wait = Math.floor((left / (CUSTOMERS - index)) * (0.4 + 1.2 * ((index * 37) % 100) * 0.01))
    const takes = 60_000 + ((index * 7919) % 240) * 1000
    left -= wait + takes
    await pass(wait)
    const userId = `customer-${1000 + index}`
    const workflow = index % 4 === 0 ? { workflow: 'business' } : {}
    const token = readField(await post(`${server}/api/init-verification`, { userId, ...workflow }), 'statusToken')
    const hint = { authorization: `Bearer ${String(token)}` }
    if (index % 9 !== 8) await post(`${server}/api/progress`, { event: 'started' }, hint)
    await pass(takes)
    const end = ENDS[index % ENDS.length] ?? null
    if (end === 'cancelled') await post(`${server}/api/progress`, { event: 'cancelled' }, hint)
    else if (end !== null) await post(`${sandbox}/control/runs/${await readExecution(sandbox, userId)}/end`, { end })
  }
}

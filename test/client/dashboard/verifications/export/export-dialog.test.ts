import { expect, fixture, html, waitUntil } from '@open-wc/testing'
import { createApiClient, type VerificationQuery } from '../../../../../client/dashboard/api/api-client.ts'
import '../../../../../client/dashboard/elements.ts'
import { messages } from '../../../../../client/dashboard/messages.ts'
import { parseRoute } from '../../../../../client/dashboard/routing/route.ts'
import type { ExportDialog } from '../../../../../client/dashboard/verifications/export/export-dialog.ts'
import type { ExportedFile } from '../../../../../client/dashboard/verifications/export/fetch-export.ts'
import { readQuery } from '../../../../../client/dashboard/verifications/list/list-query.ts'
import { loadTokens, readText } from '../../helpers.ts'

const words = messages.export
const QUERY: VerificationQuery = readQuery(parseRoute('?status=approved'), 'ada@example.com', 0)

/** A dialog on a server that writes a file bit by bit, as the test says. */
async function open({ status = 200, total = '3' }: { status?: number; total?: string | null } = {}) {
  const bodies: unknown[] = []
  let stream: ReadableStreamDefaultController<Uint8Array> | undefined
  let signal: AbortSignal | null | undefined
  const api = createApiClient(async (_input, init) => {
    if (typeof init?.body === 'string') bodies.push(JSON.parse(init.body))
    signal = init?.signal
    if (status !== 200) return new Response('{}', { status })
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        stream = controller
        signal?.addEventListener('abort', () => controller.error(new DOMException('gone', 'AbortError')))
      },
    })
    const headers = { 'content-disposition': 'attachment; filename=file.csv', ...(total && { 'x-total-count': total }) }
    return new Response(body, { headers })
  })
  const saved: string[] = []
  const element = await fixture<ExportDialog>(
    html`<sv-export
      .api=${api}
      .query=${QUERY}
      .save=${({ name }: ExportedFile) => saved.push(name)}
    ></sv-export>`,
  )
  const press = async (text: string) => {
    const find = () =>
      [...element.renderRoot.querySelectorAll('button')].find(
        (each) => readText(each).trim() === text || each.ariaLabel === text,
      )
    await waitUntil(() => find() !== undefined, `no button “${text}”`)
    find()?.click()
  }
  await press(words.open)
  return {
    element,
    bodies,
    saved,
    press,
    shown: (text: string) => waitUntil(() => readText(element.renderRoot).includes(text), `no “${text}”`),
    say: (text: string) => stream?.enqueue(new TextEncoder().encode(text)),
    end: () => stream?.close(),
    breakOff: () => stream?.error(new TypeError('network')),
    isAborted: () => signal?.aborted === true,
  }
}

describe('sv-export', () => {
  before(loadTokens)

  it('asks by POST with the filters and the search, says how far it is, and saves a whole file', async () => {
    const { bodies, saved, press, shown, say, end } = await open()
    await press(words.start)
    await shown('0 of 3')
    expect(bodies).to.deep.equal([
      { sort: 'createdAt', order: 'desc', status: ['approved'], q: 'ada@example.com', format: 'csv', whole: false },
    ])
    say('id,vendor\r\na,seon\r\nb,se')
    await shown('1 of 3')
    say('on\r\nc,seon\r\n')
    await shown('3 of 3')
    expect(saved).to.deep.equal([])
    end()
    await shown(words.done(3))
    expect(saved).to.deep.equal(['file.csv'])
  })

  it('asks for whole ids and lines of JSON where they are chosen', async () => {
    const { element, bodies, press, shown, say, end } = await open({ total: null })
    element.renderRoot.querySelector<HTMLInputElement>('input[value=ndjson]')?.click()
    element.renderRoot.querySelector<HTMLInputElement>('input[value=whole]')?.click()
    await press(words.start)
    await shown('0 so far')
    expect(bodies[0]).to.include({ format: 'ndjson', whole: true })
    say('{}\n{}\n')
    await shown('2 so far')
    end()
    await shown(words.done(2))
  })

  it('stops on Cancel and when it is closed, and saves nothing', async () => {
    const { element, saved, press, shown, say, isAborted } = await open()
    await press(words.start)
    say('id\r\na\r\n')
    await shown('1 of 3')
    await press(words.cancel)
    expect(isAborted()).to.equal(true)
    await shown(words.start)
    await press(words.start)
    await shown('0 of 3')
    element.renderRoot.querySelector('dialog')?.close()
    await waitUntil(isAborted)
    expect(saved).to.deep.equal([])
  })

  it('saves nothing of what broke off, and says why nothing began', async () => {
    const broken = await open()
    await broken.press(words.start)
    broken.say('id\r\na\r\n')
    await broken.shown('1 of 3')
    broken.breakOff()
    await broken.shown(words.broken)
    expect(broken.saved).to.deep.equal([])
    broken.element.renderRoot.querySelector('dialog')?.close()
    const forbidden = await open({ status: 403 })
    await forbidden.press(words.start)
    await forbidden.shown(messages.failures.forbidden)
  })

  it('is accessible', async () => {
    const { element, press, shown } = await open()
    await expect(element).to.be.accessible()
    await press(words.start)
    await shown('0 of 3')
    await expect(element).to.be.accessible()
  })
})

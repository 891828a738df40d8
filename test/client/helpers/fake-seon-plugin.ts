import { startFakeSeon } from './fake-seon.ts'

/** Where a test page learns the address of the stand-ins. */
const ADDRESS_PATH = '/fake-seon.json'

/** Starts the stand-in for SEON and for our own server beside the test pages, on another origin as in life. */
export function fakeSeonPlugin() {
  let fake: Awaited<ReturnType<typeof startFakeSeon>> | undefined
  return {
    name: 'fake-seon',
    async serverStart() {
      fake = await startFakeSeon()
    },
    serve({ path }: { path: string }) {
      if (path !== ADDRESS_PATH || !fake) return undefined
      return { body: JSON.stringify({ url: fake.url }), type: 'json' }
    },
    async serverStop() {
      await fake?.close()
    },
  }
}

import { writeSync } from 'node:fs'
import { createIds } from '../../../server/ids.ts'
import { createInbox } from '../../../server/inbox/inbox.ts'
import { openStore } from '../../../server/store/engine/open-store.ts'
import { createKeyedHash } from '../../../server/store/keyed-hash.ts'
import { readKey } from '../../../server/store/keys.ts'

// A process to be looked at from outside: `append-batches.ts <url> <batches> <size>` appends batches one after the other
// and writes a line to its output once each is acknowledged.

const [url = '', batches = '0', size = '0'] = process.argv.slice(2)
const store = await openStore(url)
const hash = createKeyedHash(await readKey(store.db, 'hash'))
const inbox = createInbox({ store, hash, newId: createIds(), now: Date.now })

const say = (line: string) => writeSync(1, `${line}\n`)
say('ready')
for (let batch = 0; batch < Number(batches); batch += 1) {
  const arrivals = Array.from({ length: Number(size) }, (_, index) => ({
    source: 'seon' as const,
    environment: 'sandbox' as const,
    body: Buffer.from(`${batch} ${index}`),
    secretId: 's',
    messageId: null,
    peer: 'p',
  }))
  await Promise.all(arrivals.map((arrival) => inbox.append(arrival)))
  say(`acknowledged ${batch}`)
}
await store.close()

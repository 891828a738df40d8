import { createIds } from '../../../../server/ids.ts'
import { createLog } from '../../../../server/log.ts'
import { createStatusWebhook } from '../../../../server/outbound/status-webhook.ts'
import { openStore } from '../../../../server/store/engine/open-store.ts'
import { SECRET } from './start-receiver.ts'

// A node in a process of its own, to be killed: `run-node.ts <store> <receiver>` sends until then.
const [, , storeUrl = '', url = ''] = process.argv
const store = await openStore(storeUrl)
const now = Date.now
const webhook = await createStatusWebhook({
  url,
  secrets: [SECRET],
  store,
  log: createLog('info'),
  newId: createIds(),
  now,
})
webhook.start()

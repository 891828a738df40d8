import type { Store } from '../store/engine/store.ts'
import { readKey } from '../store/keys.ts'
import type { Config } from './config.ts'

/** Every secret that this server checks others by or shows to others. */
export interface Secrets {
  adminToken: string
  /** Null where no program may ask. */
  apiToken: string | null
  seonApiKey: string
  webhookSecrets: readonly string[]
  licenseKeys: Config['seon']['licenseKeys']
  /** Who may ask for Incode's bearer tokens; null where nobody may. */
  incodeClient: { id: string; secret: string } | null
}

/** What the environment gives; in the sandbox, what is missing there is made once and kept with its data. */
export async function readSecrets(config: Config, store: Store): Promise<Secrets> {
  const { seon, incode } = config
  const given: Secrets = {
    adminToken: config.adminToken ?? '',
    apiToken: config.apiToken,
    seonApiKey: seon.apiKey ?? '',
    webhookSecrets: seon.webhookSecrets,
    licenseKeys: seon.licenseKeys,
    incodeClient: incode.client,
  }
  if (config.environment === 'live') return given
  const make = async (name: string) => Buffer.from(await readKey(store.db, `sandbox-${name}`)).toString('hex')
  const licenseKey = { environment: config.environment, key: await make('license-key') }
  return {
    adminToken: given.adminToken || (await make('admin-token')),
    apiToken: given.apiToken ?? (await make('api-token')),
    seonApiKey: given.seonApiKey || (await make('api-key')),
    webhookSecrets: given.webhookSecrets.length > 0 ? given.webhookSecrets : [await make('webhook-secret')],
    licenseKeys: given.licenseKeys.length > 0 ? given.licenseKeys : [licenseKey],
    incodeClient: given.incodeClient ?? { id: 'sandbox', secret: await make('incode-client-secret') },
  }
}

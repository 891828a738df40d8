import type { Check } from '../protocol.ts'
import type { ReportDraft } from '../verification/report.ts'
import { type Fields, isFields, pick, readId, readWord } from './fields.ts'
import type { Receiver } from './receiver.ts'
import { type EventReader, parseSeonDelivery, readUnknownOfUser, type SeonEvent } from './seon/event.ts'
import { readSeonStatus } from './seon/words.ts'
import { createSignatureVerifier, DIGEST, type SigningKey } from './signature.ts'

/** What one entry of a batch says, without what the whole batch shares. */
type EntryReader = (entry: Fields) => Omit<ReportDraft, 'event' | 'occurredAt'>

/** `{id, state, label}`; the label is free text of the account and is left out. */
const readTransactionEntry: EntryReader = (entry) => {
  const id = readId(pick([entry], 'id', 'transaction_id'))
  const userId = readId(pick([entry], 'user_id'))
  const state = pick([entry], 'state')
  const detail = readWord(state)
  return {
    kind: id === undefined || readSeonStatus(state) === undefined ? 'unrecognised' : 'report',
    subject: id === undefined ? null : { type: 'transaction', id },
    ...(userId !== undefined && { userId }),
    ...(detail !== undefined && { detail }),
  }
}

/** `{data_field, value, state}`: a value that is no user id (an e-mail, an address) is personal and is left out. */
const readListEntry: EntryReader = (entry) => {
  const field = readWord(pick([entry], 'data_field'))
  const state = readWord(pick([entry], 'state'))
  const id = field === 'user_id' ? readId(pick([entry], 'value')) : undefined
  const detail = [field, state].filter((word) => word !== undefined).join(': ')
  return {
    kind: field === undefined || state === undefined ? 'unrecognised' : 'report',
    subject: id === undefined ? null : { type: 'user', id },
    ...(detail !== '' && { detail }),
  }
}

/** A check's name: `sanctionlist`, `pep` and the like. Anything longer or stranger is not one. */
const CHANGE = /^[A-Za-z][A-Za-z0-9_-]{0,39}$/
/** Five kinds are known; as many again and some. */
const MAX_CHANGES = 16

/** `{hash, user_id, status, changes}`: a match that monitoring opened again deserves a second look. */
const readAmlEntry: EntryReader = (entry) => {
  const id = readId(pick([entry], 'user_id'))
  const status = readWord(pick([entry], 'status'))
  const isReopened = status?.toUpperCase() === 'REOPENED'
  const listed = pick([entry], 'changes')
  const changes = (Array.isArray(listed) ? listed : [listed])
    .filter((change) => typeof change === 'string' && CHANGE.test(change))
    .slice(0, MAX_CHANGES)
  const checks = changes.map((name): Check => ({ group: 'aml', name, result: isReopened ? 'review' : 'unknown' }))
  const detail = [status, changes.join(', ')].filter((part) => part !== undefined && part !== '').join(': ')
  return {
    kind: id !== undefined && isReopened ? 'report' : 'unrecognised',
    subject: id === undefined ? null : { type: 'user', id },
    ...(checks.length > 0 && { checks }),
    ...(detail !== '' && { detail: detail.slice(0, 200) }),
    ...(isReopened && { flags: ['aml_reopened'] }),
  }
}

/** One report an entry, in the batch's order; an entry that is no object is shown as one we could not read. */
function readBatch(list: 'transactions' | 'values', readEntry: EntryReader): EventReader {
  return ({ event, occurredAt, fields }: SeonEvent) => {
    const entries = pick(fields, list)
    if (!Array.isArray(entries)) return [{ kind: 'unrecognised', subject: null, event, occurredAt }]
    return entries.map((entry) => ({ ...readEntry(isFields(entry) ? entry : {}), event, occurredAt }))
  }
}

/** The five events of SEON's webhook page; none moves a status or makes a verification. */
export const fraudReaders: ReadonlyMap<string, EventReader> = new Map([
  ['transaction/status_update', readBatch('transactions', readTransactionEntry)],
  ['lists/blacklist-whitelist', readBatch('values', readListEntry)],
  ['lists/customlist', readBatch('values', readListEntry)],
  ['aml/person_updates', readBatch('values', readAmlEntry)],
  ['aml/entity_updates', readBatch('values', readAmlEntry)],
])

const readers = new Map<string, EventReader>([...fraudReaders, ['ping', () => []]])

export interface SeonFraudReceiverOptions {
  /** SEON_LICENSE_KEY: each account's key with its environment. Empty: the door answers 503. */
  licenseKeys: readonly SigningKey[]
}

/** `POST /webhooks/seon-fraud`: SEON Fraud, AML and lists, signed with the account's licence key. Never retried by SEON. */
export function createSeonFraudReceiver({ licenseKeys }: SeonFraudReceiverOptions): Receiver {
  return {
    source: 'seon-fraud',
    path: '/webhooks/seon-fraud',
    verify: createSignatureVerifier([{ scheme: DIGEST, keys: licenseKeys }]),
    // Only its own events: a licence key starts out as an API key, and must not be able to approve anybody.
    parse: (body) => parseSeonDelivery(body, readers, readUnknownOfUser),
    accepted: { received: true },
    answersPing: true,
  }
}

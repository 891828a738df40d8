import type { Check, Status } from '../../protocol.ts'
import { readWord } from '../fields.ts'

// SEON's vocabularies (SDK readme 1.7 and SEON's Admin Panel): webhooks, the Admin Panel and the Fraud API each use their own form of a word.
const STATUS = new Map<string, Status>([
  ['CREATED', 'created'],
  // The panel shows a link nobody has opened yet as Pending too: the word says no more than that the run exists.
  ['PENDING', 'created'],
  ['RUNNING', 'started'],
  // The run waits for its visitor to try again.
  ['RETRY_REQUIRED', 'started'],
  ['APPROVE', 'approved'],
  ['APPROVED', 'approved'],
  ['REVIEW', 'review'],
  ['DECLINE', 'declined'],
  ['DECLINED', 'declined'],
  ['EXPIRED', 'expired'],
  ['ABANDONED', 'abandoned'],
  ['ERROR', 'error'],
])

const RESULT = new Map<string, Check['result']>([
  ['PASS', 'pass'],
  ['PASSED', 'pass'],
  ['APPROVE', 'pass'],
  ['APPROVED', 'pass'],
  ['REVIEW', 'review'],
  ['FAIL', 'fail'],
  ['FAILED', 'fail'],
  ['DECLINE', 'fail'],
  ['DECLINED', 'fail'],
  ['NOT_PERFORMED', 'not_performed'],
  // A group that the visitor left: nothing was found out.
  ['ABANDONED', 'not_performed'],
])

function readConstant(value: unknown): string {
  return readWord(value)?.toUpperCase().replaceAll(/[ -]/g, '_') ?? ''
}

/** SEON's word for how a run, session or transaction stands; undefined where we do not know it. */
export function readSeonStatus(value: unknown): Status | undefined {
  return STATUS.get(readConstant(value))
}

/** The result of one check, as a word or as true and false; undefined where it is none that we know. */
export function readSeonResult(value: unknown): Exclude<Check['result'], 'unknown'> | undefined {
  if (typeof value === 'boolean') return value ? 'pass' : 'fail'
  const result = RESULT.get(readConstant(value))
  return result === 'unknown' ? undefined : result
}

import type { Check } from '../../protocol.ts'
import { type Fields, isFields, pick } from '../fields.ts'
import { readSeonResult } from './words.ts'

type Group = Check['group']

// Each group under its names in the current (SDK readme 1.7) and the older (IDV guide) payload.
const GROUPS: readonly (readonly [Group, readonly string[]])[] = [
  ['document', ['documentCheckResult', 'document_check_result', 'documentCheckResults', 'document_check_results']],
  ['selfie', ['selfieVerificationResult', 'selfie_verification_result']],
  ['liveness', ['livenessResult', 'liveness_result']],
  ['face_match', ['faceMatchResult', 'face_match_result']],
  [
    'address',
    ['proofOfAddressCheckResult', 'proof_of_address_check_result', 'proofOfAddressResult', 'proof_of_address_result'],
  ],
]

/** What was read off a document. Only whether there is anything is kept: it is all personal. */
const EXTRACTIONS: readonly (readonly [string, readonly string[]])[] = [
  [
    'documentExtraction',
    [
      'documentCheckExtractedData',
      'dataExtractionResult',
      'data_extraction',
      'data_extraction_result',
      'dataExtraction',
    ],
  ],
  ['addressExtraction', ['proofOfAddressExtractedData', 'proof_of_address_extracted_data']],
]

/** A check's field name. What does not look like one is data, and is left alone. */
const FIELD_NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/
/** Nineteen are documented for a document. */
const MAX_CHECKS_OF_GROUP = 64

/** Names under which the verdict on a whole group is found. */
const OVERALL = new Set(['overall', 'result', 'status'])

/** `document_validity_check_result` and `documentValidityCheckResult` are both `documentValidity`. */
function readName(field: string): string {
  const camel = field.replaceAll(/_+([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase())
  const name = camel.replace(/(?:Check)?Results?$/, '')
  return OVERALL.has(name) ? 'overall' : name
}

/** A verdict stands as it is, or in an object under one of its usual names. */
function verdictOf(value: unknown): unknown {
  return isFields(value) ? pick([value], 'overallResult', 'overall_result', 'result', 'status') : value
}

/** Liveness and face match stand inside the selfie's group, and are groups of their own. */
function createCheck(group: Group, name: string, result: Check['result']): Check {
  if (group === 'selfie' && name === 'liveness') return { group: 'liveness', name: 'overall', result }
  if (group === 'selfie' && (name === 'faceMatching' || name === 'faceMatch')) {
    return { group: 'face_match', name: 'overall', result }
  }
  return { group, name, result }
}

/** `{name: result, …}`, or `[{name, result}, …]`: the older payload's inside is not documented. */
function entriesOf(value: Fields | readonly unknown[]): [field: string, verdict: unknown][] {
  if (isFields(value)) return Object.entries(value)
  return value.filter(isFields).map((entry) => [String(pick([entry], 'check', 'name', 'type')), verdictOf(entry)])
}

function readGroup(group: Group, value: unknown): Check[] {
  if (!isFields(value) && !Array.isArray(value))
    return [createCheck(group, 'overall', readSeonResult(value) ?? 'unknown')]
  const checks: Check[] = []
  for (const [field, verdict] of entriesOf(value)) {
    const result = readSeonResult(verdictOf(verdict))
    // A field is a check if its name says so or its value is a result's word.
    const isCheck = FIELD_NAME.test(field) && (result !== undefined || (/results?$/i.test(field) && verdict !== null))
    if (isCheck && checks.length < MAX_CHECKS_OF_GROUP)
      checks.push(createCheck(group, readName(field), result ?? 'unknown'))
  }
  return checks
}

/** Every check of an IDV session, results normalised, without any of the data they were made on. */
export function readSeonChecks(fields: readonly Fields[]): Check[] {
  const groups = GROUPS.flatMap(([group, names]) => {
    const value = pick(fields, ...names)
    return value === undefined ? [] : readGroup(group, value)
  })
  const extractions = EXTRACTIONS.flatMap(([name, names]): Check[] => {
    const value = pick(fields, ...names)
    if (!isFields(value)) return []
    const hasData = Object.values(value).some((datum) => datum !== null && datum !== '')
    return [{ group: 'data', name, result: hasData ? 'pass' : 'not_performed' }]
  })
  const found = readDuplicatesFound(fields)
  const duplicates: Check[] =
    found === undefined ? [] : [{ group: 'duplicates', name: 'overall', result: found ? 'review' : 'pass' }]
  return [...groups, ...extractions, ...duplicates]
}

/** Whether other sessions of the same person were found; undefined where SEON does not say. */
export function readDuplicatesFound(fields: readonly Fields[]): boolean | undefined {
  const flat = pick(fields, 'duplicatesFound', 'duplicates_found', 'duplicateDetection', 'duplicate_detection')
  const value = isFields(flat) ? pick([flat], 'flag', 'found', 'detected', 'duplicatesFound', 'duplicates_found') : flat
  return typeof value === 'boolean' ? value : undefined
}

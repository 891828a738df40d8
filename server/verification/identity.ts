import { createHash } from 'node:crypto'
import type { Environment, Vendor } from '../protocol.ts'
import type { Subject, SubjectType } from './report.ts'

/** Whose a verification is; its id follows from it. */
export interface Identity {
  environment: Environment
  vendor: Vendor
  /** Execution, session or interview id. */
  vendorId: string
}

const SUBJECT_OF: Readonly<Record<Vendor, SubjectType>> = { seon: 'run', 'seon-idv': 'session', incode: 'interview' }

/** Which vendor's verification a subject is; undefined for users and transactions, which are none. */
export function vendorOf(type: SubjectType): Vendor | undefined {
  switch (type) {
    case 'run':
      return 'seon'
    case 'session':
      return 'seon-idv'
    case 'interview':
      return 'incode'
    case 'user':
    case 'transaction':
      return undefined
    default:
      return type satisfies never
  }
}

/** The kind of subject whose reports may move this vendor's verifications. */
export function movingSubject(vendor: Vendor): SubjectType {
  return SUBJECT_OF[vendor]
}

export function subjectKey(subject: Subject): string {
  return `${subject.type}:${subject.id}`
}

export function parseSubjectKey(key: string): Subject | null {
  const colon = key.indexOf(':')
  const type = key.slice(0, colon)
  const id = key.slice(colon + 1)
  switch (type) {
    case 'run':
    case 'session':
    case 'interview':
    case 'user':
    case 'transaction':
      return { type, id }
    default:
      return null
  }
}

/**
 * A verification's id, derived from whose it is: two nodes, or a rebuild, that meet the same run name it alike whatever
 * they meet first.
 */
export function verificationId({ environment, vendor, vendorId }: Identity): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([environment, vendor, vendorId]))
    .digest('hex')
  return `ver_${digest.slice(0, 32)}`
}

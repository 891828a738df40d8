/** How a check went, in the words that a payload needs. */
export const VERDICTS = ['APPROVED', 'REVIEW', 'DECLINED', 'ABANDONED'] as const
export type Verdict = (typeof VERDICTS)[number]

/** What one check of a session adds to `idv/session_finished` (SDK readme 1.7). */
export type CheckKind = 'document' | 'selfie'

const RESULT = { APPROVED: 'PASS', REVIEW: 'REVIEW', DECLINED: 'FAIL', ABANDONED: 'NOT_PERFORMED' } as const

/** Checks that pass whenever the document was looked at. */
const DOCUMENT_CHECKS = [
  'matchCheckResult',
  'formatCheckResult',
  'logicCheckResult',
  'barcodeAnomalyCheckResult',
  'suspiciousDataCheckResult',
  'dataIntegrityCheckResult',
  'screenCheckResult',
  'photocopyCheckResult',
  'handPresenceCheckResult',
  'securityFeaturesCheckResult',
  'documentValidityCheckResult',
  'imageQualityCheckResult',
  'ageVerificationCheckResult',
] as const

/** An invented person. */
export const PERSON = {
  fullName: 'Alex Sample',
  birthDate: '1990-04-12',
  gender: 'X',
  documentType: 'PASSPORT',
  documentNumber: 'SBX000001',
  documentIssueDate: '2021-06-01',
  documentExpirationDate: '2031-05-31',
  country: 'HU',
} as const

export function buildDocumentResult(verdict: Verdict): Record<string, unknown> {
  const looked = verdict === 'ABANDONED' ? 'NOT_PERFORMED' : 'PASS'
  return {
    documentCheckResult: {
      overallResult: verdict,
      ...Object.fromEntries(DOCUMENT_CHECKS.map((name) => [name, looked])),
      photoForgeryCheckResult: RESULT[verdict],
      nameMatchCheckResult: 'NOT_PERFORMED',
    },
    ...(verdict === 'ABANDONED' ? {} : { documentCheckExtractedData: PERSON }),
  }
}

export function buildSelfieResult(verdict: Verdict): Record<string, unknown> {
  return {
    selfieVerificationResult: {
      overallResult: verdict,
      livenessCheckResult: verdict === 'ABANDONED' ? 'NOT_PERFORMED' : 'PASS',
      faceMatchingResult: RESULT[verdict],
    },
  }
}

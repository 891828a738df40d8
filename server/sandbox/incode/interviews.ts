import { randomBytes } from 'node:crypto'

/** Incode's onboarding statuses in their order (developer.incode.com/docs/onboarding-status-webhook); `UNKNOWN` is never sent. */
export const ONBOARDING_STATUSES = [
  'UNKNOWN',
  'ID_VALIDATION_FINISHED',
  'ID_VALIDATION_FINISHED_SECOND_ID',
  'GOVERNMENT_VALIDATION_FINISHED',
  'FACE_VALIDATION_FINISHED',
  'POST_PROCESSING_FINISHED',
  'POST_PROCESSING_FINISHED_SECOND_ID',
  'ONBOARDING_FINISHED',
  'MANUAL_REVIEW_APPROVED',
  'MANUAL_REVIEW_REJECTED',
  'EXPIRED',
] as const
export type OnboardingStatus = (typeof ONBOARDING_STATUSES)[number]

/** What `overall.status` of the score may say (developer.incode.com/docs/fetch-scores). */
export const SCORES = ['OK', 'WARN', 'FAIL', 'MANUAL'] as const
export type Score = (typeof SCORES)[number]

/** One session at Incode. */
export interface Interview {
  interviewId: string
  /** Our user id, as `/omni/start` would have been told. */
  externalCustomerId: string
  status: OnboardingStatus
  score: Score
}

export interface Interviews {
  /** The one of that id, else that user's newest, else a new one. */
  findOrCreate(request: { interviewId?: string; userId?: string }): Interview
  find(interviewId: string): Interview | undefined
  /** Newest first. */
  list(): Interview[]
}

const MOST_INTERVIEWS = 10_000

export function createInterviews(): Interviews {
  const interviews: Interview[] = []

  return {
    findOrCreate({ interviewId, userId }) {
      const known =
        interviewId === undefined
          ? interviews.find((one) => userId === undefined || one.externalCustomerId === userId)
          : interviews.find((one) => one.interviewId === interviewId)
      if (known !== undefined) return known
      const created: Interview = {
        interviewId: interviewId ?? randomBytes(12).toString('hex'),
        externalCustomerId: userId ?? 'sandbox-user',
        status: 'UNKNOWN',
        score: 'OK',
      }
      interviews.unshift(created)
      interviews.splice(MOST_INTERVIEWS)
      return created
    },
    list: () => [...interviews],
    find: (interviewId) => interviews.find((one) => one.interviewId === interviewId),
  }
}

import { randomUUID } from 'node:crypto'
import type { Webhook } from '../delivery/channel.ts'
import type { Interview, OnboardingStatus } from '../incode/interviews.ts'

/** Incode's payload has neither an event name nor an id nor a time (developer.incode.com/docs/onboarding-status-webhook). */
export function buildOnboardingStatus(interview: Interview, onboardingStatus: OnboardingStatus): Webhook {
  const { interviewId, externalCustomerId } = interview
  const body = JSON.stringify({ interviewId, externalCustomerId, onboardingStatus })
  return { source: 'incode', event: 'incode', requestId: randomUUID(), subject: interviewId, body }
}

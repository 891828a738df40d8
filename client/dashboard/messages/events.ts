/** The vendors' events in words, short enough for a phone's list. An event without one goes by its vendor's name. */
export const eventMessages: Readonly<Record<string, string | undefined>> = {
  ping: 'Ping',
  'orchestration/workflow_execution_finished': 'Run finished',
  'orchestration/workflow_execution_updated': 'Run updated',
  'idv/session_finished': 'Session finished',
  'idv/session_status_updated': 'Session updated',
  'ekyc/process_finished': 'eKYC finished',
  'transaction/processed': 'Transaction done',
  'transaction/status_update': 'Transaction update',
  'lists/blacklist-whitelist': 'List update',
  'lists/customlist': 'Custom list update',
  'aml/person_updates': 'AML person update',
  'aml/entity_updates': 'AML entity update',
  MANUAL_REVIEW_APPROVED: 'Review approved',
  MANUAL_REVIEW_REJECTED: 'Review rejected',
  ONBOARDING_FINISHED: 'Onboarding done',
  incode: 'Onboarding status',
}

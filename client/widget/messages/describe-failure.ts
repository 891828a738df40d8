import type { FailureCode } from '../failure.ts'
import type { Messages } from './messages.ts'

/** What the visitor can do about a failure; several codes come down to the same. */
export function describeFailure(messages: Messages, code: FailureCode): string {
  return messages.failures[TEXT_OF_FAILURE[code] ?? 'unknown']
}

const TEXT_OF_FAILURE: Readonly<Partial<Record<FailureCode, keyof Messages['failures']>>> = {
  popup_blocked: 'popup_blocked',
  frame_blocked: 'frame_blocked',
  connect_blocked: 'frame_blocked',
  start_timeout: 'start_timeout',
  network: 'network',
  busy: 'busy',
  init_rate_limited: 'too_many',
  init_user_token_invalid: 'sign_in',
  init_user_token_used: 'sign_in',
  init_unauthorized: 'sign_in',
  init_invalid: 'details',
  init_vendor_rejected: 'details',
  init_too_large: 'details',
  init_too_deep: 'details',
  init_origin_forbidden: 'set_up',
  init_origin_required: 'set_up',
  init_vendor_configuration: 'set_up',
  init_not_found: 'set_up',
  init_bad_answer: 'set_up',
  init_upstream_bad: 'service',
  init_upstream_timeout: 'service',
  init_upstream_busy: 'service',
  init_unavailable: 'service',
  init_internal: 'service',
  sdk_error_code_1: 'device',
  sdk_error_code_3: 'session',
  sdk_error_code_4: 'service',
  sdk_error_code_5: 'document',
  sdk_error_code_6: 'face',
}

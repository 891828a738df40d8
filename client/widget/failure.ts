import type { ErrorCode } from '../../server/protocol.ts'

/**
 * Why an attempt could not go on. Stable; new ones may be added. What each means is in `reasons/reasons.ts`.
 *
 * - `popup_blocked`: the browser refused the window.
 * - `frame_blocked`, `connect_blocked`: the page's content security policy keeps SEON or our server out; `directive` says
 *   which rule.
 * - `script_blocked`: it lets the element's script in and not the files beside it.
 * - `insecure_page`, `camera_forbidden`, `camera_unsupported`: the page cannot give the camera to anybody.
 * - `link_over`: nobody went on by the link in time, or there is a newer one.
 * - `start_timeout`: the server or SEON did not answer in time, or the frame stayed empty.
 * - `network`: a request did not get through.
 * - `busy`: another element of this page has a verification open.
 * - `user_token_missing`: the page gave none, and the server asks for one.
 * - `user_token_mismatch`: it is still the token of the user before, or `user-id` is.
 * - `init_<server code>`: the server refused to start, see `ErrorCode`; `init_bad_answer`: it is not one of ours.
 * - `sdk_<SEON code>`: SEON's page gave up (`sdk_error_code_5`, `sdk_unknown` …); `sdk_http_<status>`: its service refused.
 */
export type FailureCode =
  | 'popup_blocked'
  | 'frame_blocked'
  | 'connect_blocked'
  | 'script_blocked'
  | 'insecure_page'
  | 'camera_forbidden'
  | 'camera_unsupported'
  | 'link_over'
  | 'start_timeout'
  | 'network'
  | 'busy'
  | 'user_token_missing'
  | 'user_token_mismatch'
  | `init_${ErrorCode | 'bad_answer'}`
  | `sdk_${SdkErrorCode | 'invalid_answer' | `http_${number}`}`

/** The codes of SEON's `error` event (vendor facts: SDK readme 1.3). */
export const SDK_ERROR_CODES = [
  'error_code_1',
  'error_code_2',
  'error_code_3',
  'error_code_4',
  'error_code_5',
  'error_code_6',
  'unknown',
] as const
export type SdkErrorCode = (typeof SDK_ERROR_CODES)[number]

export interface Failure {
  code: FailureCode
  /** With `frame_blocked`, `connect_blocked` and `script_blocked`: the directive to change. */
  directive?: string
  /** With `init_invalid`: which of the inputs, by their names as sent, and the server's code for what is wrong with each. */
  fields?: Record<string, string>
  /** With `init_vendor_rejected`: SEON's own code. */
  vendorCode?: string
}

/** What functions of the element throw. */
export class VerifyError extends Error {
  declare readonly failure: Failure

  constructor(failure: Failure, options: { cause?: unknown } = {}) {
    super(failure.code, options)
    this.name = 'VerifyError'
    this.failure = failure
  }
}

export function toFailure(error: unknown): Failure {
  return error instanceof VerifyError ? error.failure : { code: 'network' }
}

import type { Failure, FailureCode } from '../failure.ts'
import type { Messages } from '../messages/messages.ts'
import { warn } from './warn.ts'

/** What can go wrong, for both who read it. */
export interface Reason {
  /** Which of the visitor's texts says what to do next. */
  visitor: keyof Messages['failures']
  /** What the site's developer has to look at. */
  developer: string
}

/** SEON's service may answer any HTTP status; those codes share one reason. */
type ListedCode = Exclude<FailureCode, `sdk_http_${number}`> | 'sdk_http_…'

const NOT_OF_A_START: Reason = {
  visitor: 'service',
  developer: 'The server never answers a start so: is something else at the address in `server`?',
}
const USER_TOKEN =
  'Make a new user token for each start: HS256 with USER_TOKEN_SECRET, `aud` seon-verify, `exp` within 15 minutes.'

/** Every code that `seon-verify-error` can carry. `reasons.md` is made of it. */
export const REASONS: Readonly<Record<ListedCode, Reason>> = {
  popup_blocked: {
    visitor: 'popup_blocked',
    developer: 'Call `start()` in the click itself, with nothing awaited before.',
  },
  frame_blocked: {
    visitor: 'frame_blocked',
    developer: 'Allow `https://*.seon.io` in the page’s content security policy; `detail.directive` says where.',
  },
  connect_blocked: {
    visitor: 'frame_blocked',
    developer:
      'Allow SEON’s and this server’s origins in the page’s content security policy; `detail.directive` says where.',
  },
  script_blocked: {
    visitor: 'frame_blocked',
    developer:
      'Allow all of this server’s `/chunks/` in the page’s content security policy, beside the script itself; `detail.directive` says where.',
  },
  insecure_page: {
    visitor: 'camera',
    developer: 'Browsers give cameras to https pages only: serve the page, and every frame around it, so.',
  },
  camera_forbidden: {
    visitor: 'camera',
    developer:
      'Let the camera through: `allow="camera; microphone"` on the frame around the page, or its Permissions-Policy.',
  },
  camera_unsupported: {
    visitor: 'camera',
    developer: 'This browser (an app’s own, or an old one) has no camera for pages: offer `mode="link"`.',
  },
  start_timeout: {
    visitor: 'start_timeout',
    developer: 'The server or SEON did not answer in time: see the server’s log and the visitor’s network.',
  },
  network: {
    visitor: 'network',
    developer: 'No answer got through: is `server` right, does it run, is this origin in ALLOWED_ORIGINS?',
  },
  busy: {
    visitor: 'busy',
    developer: 'Another element on this page has a verification open; there can be one at a time.',
  },
  link_over: {
    visitor: 'link',
    developer: 'The link was not used within 24 hours, or a newer one for this user has replaced it.',
  },

  user_token_missing: {
    visitor: 'signed_out',
    developer:
      'This server starts nothing without a user token: set `user-token`, or let `getUserToken` resolve to one for whoever is signed in.',
  },
  user_token_mismatch: {
    visitor: 'other_user',
    developer:
      'The user token’s `sub` and `user-id` were the same and now name two users: set both, or let `getUserToken` wait for the token of whoever is there now.',
  },

  init_invalid: { visitor: 'details', developer: '`detail.fields` says which inputs the server refused, and why.' },
  init_too_deep: { visitor: 'details', developer: 'What is in `inputs` is nested too deep.' },
  init_too_large: { visitor: 'details', developer: 'What is in `inputs` is over 64 kB; a picture goes by reference.' },
  init_unsupported_type: NOT_OF_A_START,
  init_unsupported_encoding: NOT_OF_A_START,
  init_method_not_allowed: NOT_OF_A_START,
  init_origin_forbidden: {
    visitor: 'set_up',
    developer: 'Add this page’s origin to the server’s ALLOWED_ORIGINS, exactly as the browser sends it.',
  },
  init_origin_required: {
    visitor: 'set_up',
    developer: 'The page sends no Origin: sandboxed frames need `allow-same-origin`.',
  },
  init_user_token_invalid: { visitor: 'sign_in', developer: USER_TOKEN },
  init_user_token_used: { visitor: 'sign_in', developer: `A user token starts one verification. ${USER_TOKEN}` },
  init_already_approved: {
    visitor: 'already_approved',
    developer: 'RESTART decides whether an approved user may start again.',
  },
  init_already_submitted: {
    visitor: 'already_submitted',
    developer: 'This user’s last verification is still being decided.',
  },
  init_not_approved: NOT_OF_A_START,
  init_receipt_invalid: NOT_OF_A_START,
  init_receipt_expired: NOT_OF_A_START,
  init_receipt_used: NOT_OF_A_START,
  init_receipt_mismatch: NOT_OF_A_START,
  init_receipt_revoked: NOT_OF_A_START,
  init_link_invalid: { visitor: 'link', developer: 'There is no such link on this server.' },
  init_link_expired: { visitor: 'link', developer: 'Links live for 24 hours.' },
  init_link_used: { visitor: 'link', developer: 'A link is for one device and one verification.' },
  init_rate_limited: {
    visitor: 'too_many',
    developer: 'INIT_LIMITS says how many starts one address and one user have.',
  },
  init_vendor_rejected: {
    visitor: 'details',
    developer: 'SEON refused the inputs; `detail.vendorCode` says why.',
  },
  init_vendor_configuration: {
    visitor: 'set_up',
    developer: 'SEON refused the server: check SEON_API_KEY, SEON_BASE_URL and WORKFLOW_ID.',
  },
  init_upstream_bad: {
    visitor: 'service',
    developer: 'SEON answered with something unexpected: see the server’s log.',
  },
  init_upstream_timeout: { visitor: 'service', developer: 'SEON did not answer the server in time.' },
  init_upstream_busy: { visitor: 'service', developer: 'SEON limits the server’s requests at the moment.' },
  init_unauthorized: { visitor: 'sign_in', developer: USER_TOKEN },
  init_forbidden: NOT_OF_A_START,
  init_not_found: { visitor: 'set_up', developer: 'There is no seon-verify server at the address in `server`.' },
  init_not_configured: NOT_OF_A_START,
  init_unavailable: { visitor: 'service', developer: 'The server is starting, stopping, or has lost its database.' },
  init_internal: { visitor: 'service', developer: 'A fault of the server: its log has it.' },
  init_bad_answer: {
    visitor: 'set_up',
    developer: 'What answers at the address in `server` is no seon-verify server, or a proxy before it.',
  },

  sdk_error_code_1: {
    visitor: 'device',
    developer: 'SEON: the device is not supported, or the visitor left its error page.',
  },
  sdk_error_code_2: { visitor: 'unknown', developer: 'SEON keeps this code for later: ask its support.' },
  sdk_error_code_3: {
    visitor: 'session',
    developer: 'SEON: the session is not valid or too old. A new start makes a new one.',
  },
  sdk_error_code_4: { visitor: 'service', developer: 'SEON: its document capture could not be loaded.' },
  sdk_error_code_5: { visitor: 'document', developer: 'SEON: as many tries at the document as the workflow allows.' },
  sdk_error_code_6: { visitor: 'face', developer: 'SEON: as many tries at the selfie as the workflow allows.' },
  sdk_unknown: { visitor: 'unknown', developer: 'SEON’s page said that something went wrong, and not what.' },
  sdk_invalid_answer: {
    visitor: 'service',
    developer: 'SEON’s service answered with something that its SDK does not know.',
  },
  'sdk_http_…': { visitor: 'service', developer: 'SEON’s service refused with the HTTP status in the code.' },
}

export function readReason(code: FailureCode): Reason {
  return isListed(code) ? REASONS[code] : REASONS['sdk_http_…']
}

function isListed(code: FailureCode): code is Exclude<ListedCode, 'sdk_http_…'> & FailureCode {
  return code in REASONS
}

/** Says in the browser's console what went wrong, for whoever builds the site: the page itself speaks to the visitor. */
export function warnOfFailure(failure: Failure): void {
  const { code, directive, vendorCode, fields = {} } = failure
  const where =
    directive ??
    vendorCode ??
    Object.entries(fields)
      .map((each) => each.join(': '))
      .join(', ')
  warn(code, `${code}${where && ` (${where})`}: ${readReason(code).developer}`)
}

import { STATUSES } from '../../server/protocol.ts'
import type { EventName } from '../widget/events.ts'
import type { Moment } from '../widget/look/moments.ts'
import { PHASES } from '../widget/phase.ts'

// All that a page may say to `<seon-verify>` and hear from it, for editors and type checkers: what `npm run build` writes
// is made of this, and a test holds it against the running element.

export interface Word {
  text: string
  /** In TypeScript's words. */
  type?: string
  default?: string
}
type Words = Readonly<Record<string, Word>>

/** Attributes; each is a property too, in camelCase. */
export const attributes = {
  server: { text: 'Address of the seon-verify server. Default: where the script came from.' },
  'user-id': { text: 'Who is verified, in the site’s own words. 1 to 255 characters. With a user token: its `sub`.' },
  'user-token': { text: 'The site’s signed word on who that is (JWT). Live servers ask for it.' },
  email: { text: 'The visitor’s e-mail address, if the site knows it.' },
  'phone-number': { text: 'The visitor’s phone number, if the site knows it.' },
  workflow: { text: 'A name that the server lists in WORKFLOWS. Default: its WORKFLOW_ID.' },
  mode: {
    text: 'Where SEON’s page opens; link: on another device, by a link and its QR code. On iOS, popup is like fullscreen.',
    type: "'fullscreen' | 'inline' | 'popup' | 'link'",
    default: 'fullscreen',
  },
  language: { text: 'BCP 47. Default: the nearest lang, else the browser’s.' },
  name: { text: 'Of the form field whose value is the receipt. The middleware’s default is seon-verify.' },
  required: { text: 'A form is not sent without a receipt.', type: 'boolean', default: 'false' },
  disabled: { text: 'Nothing can be started; what is open stays open.', type: 'boolean', default: 'false' },
} as const satisfies Words

/** Properties that are no attributes. */
export const properties = {
  inputs: { text: 'More of SEON’s input fields, by camelCase or snake_case names.', type: 'Record<string, unknown>' },
  messages: {
    text: 'Words of the page’s own instead of ours, by the names in client/widget/messages/en.ts.',
    type: '{ lang?: string; dir?: string; failures?: Record<string, string>; [name: string]: unknown }',
  },
  theme: { text: 'SEON’s theme for its own page.', type: 'object | undefined' },
  getUserToken: {
    text: 'Asked for a fresh user token before each start; it wins over user-token.',
    type: '(() => Promise<string>) | undefined',
  },
} as const satisfies Words

/** Properties that only the element sets. */
export const readings = {
  status: { text: 'The authoritative status, null until there is one.', type: union(STATUSES, 'null') },
  phase: { text: 'Where the visitor stands.', type: union(PHASES) },
  value: { text: 'The receipt, or nothing.', type: 'string' },
  form: { text: 'The form around it.', type: 'HTMLFormElement | null' },
  labels: { text: 'The labels that are for it.', type: 'NodeList | null' },
  validity: { text: 'As of any form control.', type: 'ValidityState | null' },
  validationMessage: { text: 'Why a form cannot be sent yet.', type: 'string' },
  willValidate: { text: 'Whether a form asks it.', type: 'boolean' },
} as const satisfies Words

export const methods = {
  start: { text: 'Begins unless something is open. Call it in a click where mode is popup.', type: 'void' },
  close: { text: 'Takes SEON’s page away, wherever the visitor is in it.', type: 'void' },
  reset: { text: 'Forgets this verification, for a new one or for whoever getUserToken names now.', type: 'void' },
  checkValidity: { text: 'As of any form control.', type: 'boolean' },
  reportValidity: { text: 'As of any form control.', type: 'boolean' },
} as const satisfies Words

/** Their `detail` is the type; each bubbles and crosses shadow roots. */
export const events = {
  opened: { text: 'SEON’s page has spoken for the first time: it is really there.', type: 'null' },
  started: { text: 'The visitor has begun.', type: 'null' },
  completed: {
    text: 'The visitor is through: the browser’s outcome, a hint.',
    type: "{ status: 'success' | 'pending' | 'failed' | 'unknown' }",
  },
  cancelled: { text: 'The visitor gave up or closed the window.', type: 'null' },
  error: {
    text: 'Why it could not go on, by a stable code.',
    type: '{ code: string; directive?: string; fields?: Record<string, string>; vendorCode?: string }',
  },
  closed: { text: 'Last, once for each start: nothing of SEON’s is on the page any more.', type: 'null' },
  status: { text: 'The authoritative status, at once and on each change.', type: `{ status: ${union(STATUSES)} }` },
} as const satisfies Record<EventName, Word>

const momentNames = {
  open: 'while SEON’s page is open',
  link: 'while a link waits to be opened on another device',
  linkBegun: 'while the verification goes on on another device',
  cancelled: 'after a visitor left before the end',
  submitted: 'while the result is awaited',
  approved: 'after an approval',
  review: 'while a person looks at it',
  declined: 'after a refusal',
  expired: 'after the time was over',
  abandoned: 'after a verification was left unfinished',
  error: 'after a check that could not be completed',
  failed: 'after an attempt that failed',
} satisfies Record<Moment['name'], string>

export const slots: Words = {
  label: { text: 'The start button’s words.' },
  hint: { text: 'The line under the button.' },
  privacy: { text: 'The line about privacy.' },
  ...Object.fromEntries(
    Object.entries(momentNames).flatMap(([name, when]) => [
      [name, { text: `The text ${when}.` }],
      [`${name}-title`, { text: `The title ${when}.` }],
    ]),
  ),
}

export const parts = {
  box: { text: 'Everything: the room that is kept.' },
  hint: { text: 'The line under the button.' },
  privacy: { text: 'The line about privacy.' },
  message: { text: 'Icon, title and text.' },
  icon: { text: 'The icon of a message.' },
  title: { text: 'The title of a message.' },
  text: { text: 'The text of a message.' },
  actions: { text: 'The row of buttons.' },
  button: { text: 'Each button.' },
  start: { text: 'The button that starts.' },
  close: { text: 'The button that cancels.' },
  showWindow: { text: 'The button that brings the window to the front.' },
  frame: { text: 'The room of SEON’s page in inline mode.' },
  'qr-code': { text: 'The link as a QR code.' },
  link: { text: 'The link itself.' },
  skeleton: { text: 'What is there in inline mode until SEON’s page has loaded.' },
} as const satisfies Words

/** Custom states, `:state(…)`; words of the attribute `state` in browsers without it. */
export const states: Words = {
  ...Object.fromEntries(PHASES.map((phase) => [`phase-${phase}`, { text: `While phase is ${phase}.` }])),
  ...Object.fromEntries(STATUSES.map((status) => [`status-${status}`, { text: `While status is ${status}.` }])),
  'user-invalid': { text: 'A form could not be sent for want of a receipt.' },
}

export const cssProperties = {
  '--seon-verify-accent': { text: 'Colour of the main button.', type: '<color>', default: '#1f5fd6' },
  '--seon-verify-on-accent': { text: 'Colour of its text.', type: '<color>', default: '#fff' },
  '--seon-verify-radius': { text: 'How round buttons and frame are.', type: '<length>', default: '6px' },
  '--seon-verify-frame-height': { text: 'Height in inline mode.', type: '<length>', default: '640px' },
} as const satisfies Words

function union(words: readonly string[], ...more: string[]): string {
  return [...words.map((word) => `'${word}'`), ...more].join(' | ')
}

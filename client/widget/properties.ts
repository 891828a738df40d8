/**
 * The reactive properties of `<seon-verify>`; what they mean is said at its class. Whoever gives personal data or a token
 * as a property keeps it out of the document, which scripts and recorders of others read: those are not reflected.
 */
export const PROPERTIES = {
  server: { reflect: true },
  userId: { attribute: 'user-id' },
  userToken: { attribute: 'user-token' },
  email: {},
  phoneNumber: { attribute: 'phone-number' },
  workflow: { reflect: true },
  mode: { reflect: true, useDefault: true },
  language: { reflect: true },
  // Listed so that what a page sets before the script is there is kept, and so that frameworks see what is a property.
  inputs: { attribute: false },
  theme: { attribute: false },
  getUserToken: { attribute: false },
  messages: { attribute: false },
  name: { reflect: true },
  required: { type: Boolean, reflect: true },
  disabled: { type: Boolean, reflect: true },
  barred: { state: true },
  current: { state: true },
}

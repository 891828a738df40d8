/** The reactive properties of `<seon-verify>`; what they mean is said at its class. */
export const PROPERTIES = {
  server: {},
  userId: { attribute: 'user-id' },
  userToken: { attribute: 'user-token' },
  email: {},
  phoneNumber: { attribute: 'phone-number' },
  workflow: {},
  mode: {},
  language: {},
  messages: { attribute: false },
  name: { reflect: true },
  required: { type: Boolean, reflect: true },
  disabled: { type: Boolean, reflect: true },
  current: { state: true },
  restoring: { state: true },
}

// What the invented bank does with the element: says who the customer is and goes on once the server has approved.

import { isEnvironmentInfo } from './environment.ts'
import { readSettings, type Settings, writeSettings } from './settings.ts'

const verify = getElement('verify', HTMLElement)
const settingsForm = getElement('settings', HTMLFormElement)

function getElement<T extends HTMLElement>(id: string, type: new () => T): T {
  const element = document.getElementById(id)
  if (!(element instanceof type)) throw new Error(`The page lacks #${id}.`)
  return element
}

function applySettings({ mode, scheme, userId }: Settings): void {
  verify.setAttribute('mode', mode)
  verify.setAttribute('user-id', userId)
  document.documentElement.dataset['scheme'] = scheme
  getElement('reference', HTMLElement).textContent = userId
}

/** Nothing but the server's word opens the account. */
function showStatus(approved: boolean): void {
  getElement('continue', HTMLButtonElement).disabled = !approved
  getElement('continue-hint', HTMLElement).textContent = approved
    ? 'Thank you, Ada. Your account is ready.'
    : 'This opens up once your identity is confirmed.'
}

async function showEnvironment(): Promise<void> {
  const response = await fetch('/api/environment')
  const info: unknown = await response.json()
  if (!isEnvironmentInfo(info)) return
  const mark = getElement('environment', HTMLElement)
  mark.dataset['environment'] = info.environment
  mark.textContent = info.environment === 'sandbox' ? 'SANDBOX' : 'LIVE'
  mark.title =
    info.environment === 'sandbox' ? 'SEON is played by this machine; nobody is verified.' : 'This talks to SEON.'
}

function changeSettings(changes: Partial<Settings>): void {
  applySettings(writeSettings({ ...readSettings(), ...changes }))
}

const settings = readSettings()
for (const [name, value] of Object.entries(settings)) {
  const field = settingsForm.elements.namedItem(name)
  if (field instanceof HTMLSelectElement) field.value = value
}
applySettings(settings)

settingsForm.addEventListener('change', ({ target }) => {
  if (target instanceof HTMLSelectElement) changeSettings({ [target.name]: target.value })
})
getElement('new-customer', HTMLButtonElement).addEventListener('click', () => {
  const { mode, scheme } = readSettings()
  applySettings(writeSettings({ mode, scheme }))
  showStatus(false)
})
verify.addEventListener('seon-verify-status', ({ detail }) => showStatus(detail.status === 'approved'))
showEnvironment().catch(() => {
  // The mark stays away; the page works without it.
})

// Our own page behind a link: the element, for a visitor who goes on on another device. The code in the address is all
// that it knows; whose verification it is stays with the server.

import type { LinkBearer } from '../../server/protocol.ts'
import { readDevice } from './device.ts'
import { type LinkState, lookUpLink, viewOfError } from './look-up-link.ts'
import { chooseWords } from './words.ts'

const code = location.pathname.split('/').pop() ?? ''
const bearer: LinkBearer = `link.${code}.${readDevice()}`
const asked = new URLSearchParams(location.search).get('language')
const { language, words } = chooseWords([...(asked ? [asked] : []), ...navigator.languages])

const main = getElement('main', HTMLElement)
const text = getElement('#text', HTMLElement)
const retry = getElement('#retry', HTMLButtonElement)
const verify = getElement('seon-verify', HTMLElement)

function getElement<T extends HTMLElement>(selector: string, type: new () => T): T {
  const element = document.querySelector(selector)
  if (!(element instanceof type)) throw new Error(`The page lacks ${selector}.`)
  return element
}

function describe({ view, site }: LinkState): string {
  if (view !== 'ready') return words[view]
  // How it goes from here the element says itself.
  return site === null ? '' : words.ready.replace('{site}', site)
}

function show(state: LinkState): void {
  const { view } = state
  main.dataset['view'] = view
  text.textContent = describe(state)
  // Done here, the element stays: it says what became of the verification.
  verify.hidden = view !== 'ready' && !(view === 'done' && !verify.hidden)
  retry.hidden = view !== 'offline'
}

async function lookUp(): Promise<void> {
  text.textContent = words.checking
  show(await lookUpLink(bearer))
}

document.documentElement.lang = language
document.documentElement.dir = language === 'ar' ? 'rtl' : 'ltr'
document.title = words.title
getElement('h1', HTMLElement).textContent = words.title
retry.textContent = words.retry
retry.addEventListener('click', () => void lookUp())

verify.setAttribute('language', asked ?? language)
// The element asks for a user token before each start; the link stands in for it.
Object.assign(verify, { getUserToken: async () => bearer })
verify.addEventListener('seon-verify-completed', () => show({ view: 'done', site: null }))
verify.addEventListener('seon-verify-error', ({ detail }) => {
  const view = viewOfError(detail.code.replace(/^init_/, ''))
  if (view === null) return
  show({ view, site: null })
  text.focus()
})
void lookUp()

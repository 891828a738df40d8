import { fixture, html } from '@open-wc/testing'
import '../../../client/widget/seon-verify.ts'
import type { EventName } from '../../../client/widget/events.ts'
import type { SeonVerifyElement } from '../../../client/widget/seon-verify.ts'
import { serverUrl, until } from './fake.ts'

const EVENTS = [
  'opened',
  'started',
  'completed',
  'cancelled',
  'error',
  'closed',
  'status',
] as const satisfies EventName[]

export interface Mounted {
  element: SeonVerifyElement
  /** What the page heard: names without their prefix, with what they said if they said anything. */
  heard: [string, unknown?][]
  hears: (name: EventName) => Promise<unknown>
  button: () => HTMLButtonElement
  text: () => string
}

let users = 0

/** A user of whom the stand-ins have never heard; what they do about them is the first word. */
export function newUser(scenario = 'plain'): string {
  users += 1
  return `${scenario} ${users}-${Math.random().toString(36).slice(2)}`
}

/** An element on a page, with a listener for all it says. */
export async function mount(userId = newUser(), attributes: Record<string, string> = {}): Promise<Mounted> {
  const element = document.createElement('seon-verify')
  for (const [name, value] of Object.entries({ server: serverUrl, 'user-id': userId, ...attributes })) {
    element.setAttribute(name, value)
  }
  const heard: [string, unknown?][] = []
  for (const name of EVENTS) {
    element.addEventListener(`seon-verify-${name}`, (event) => {
      const { detail } = event as CustomEvent<unknown>
      heard.push(detail === null ? [name] : [name, detail])
    })
  }
  await fixture(html`<div>${element}</div>`)
  await element.updateComplete
  return {
    element,
    heard,
    hears: (name) => until(() => heard.some(([heardName]) => heardName === name), name),
    button: () => find(element, 'button'),
    text: () => element.shadowRoot?.querySelector('.view')?.textContent?.replace(/\s+/g, ' ').trim() ?? '',
  }
}

function find(element: Element, selector: 'button'): HTMLButtonElement {
  const found = element.shadowRoot?.querySelector(selector)
  if (!found) throw new Error(`There is no ${selector}.`)
  return found
}

import { expect, fixture, html } from '@open-wc/testing'
import { toCamelCase } from '../../../client/tools/create-manifest.ts'
import * as vocabulary from '../../../client/tools/vocabulary.ts'
import type { Mode } from '../../../client/widget/frame/mode.ts'
import { momentStyles } from '../../../client/widget/look/moment-styles.ts'
import { styles } from '../../../client/widget/look/styles.ts'
import type { Change } from '../../../client/widget/phase.ts'
import { SeonVerifyElement } from '../../../client/widget/seon-verify.ts'
import { STATUSES } from '../../../server/protocol.ts'
import { serverUrl, until } from '../helpers/fake.ts'

/** Shows any moment without a server, and says in which custom states it is. */
class Shown extends SeonVerifyElement {
  show(changes: readonly Change[]): void {
    for (const change of changes) this.apply(change)
  }

  readStates(): string[] {
    return [...(this.internals?.states ?? [])]
  }
}
customElements.define('test-vocabulary', Shown)

const OPEN: readonly Change[] = [{ type: 'start' }, { type: 'ready' }, { type: 'shown' }]
const LINKED: readonly Change[] = [
  { type: 'start' },
  { type: 'linked', link: { url: 'https://example.com/verify/ada', code: { size: 1, path: 'M0 0h1v1H0z' } } },
]
const MOMENTS: readonly (readonly Change[])[] = [
  [],
  [{ type: 'start' }],
  OPEN,
  LINKED,
  [...LINKED, { type: 'status', status: 'started' }],
  [...OPEN, { type: 'closed' }],
  [...OPEN, { type: 'completed' }, { type: 'closed' }],
  [{ type: 'start' }, { type: 'failed', failure: { code: 'network' } }],
  ...STATUSES.map((status): Change[] => [{ type: 'status', status }]),
]

interface Seen {
  parts: Set<string>
  slots: Set<string>
  states: Set<string>
}

async function look(mode: Mode, changes: readonly Change[], seen: Seen): Promise<void> {
  const page = await fixture(
    html`<form><test-vocabulary server=${serverUrl} mode=${mode} required></test-vocabulary></form>`,
  )
  const element = page.querySelector('test-vocabulary')
  if (!(element instanceof Shown)) throw new Error('The element is not there.')
  element.show(changes)
  element.checkValidity()
  await element.updateComplete
  const root = element.shadowRoot
  const [first] = changes
  const rests = !first || (first.type === 'start' && changes.length === 1)
  if (!rests && element.phase !== 'idle') await until(() => root?.querySelector('.message, .skeleton'), 'the moment')
  else if (element.status !== null || changes.length > 1)
    await until(() => root?.querySelector('.message'), 'the words')
  for (const part of root?.querySelectorAll('[part]') ?? []) for (const name of part.part) seen.parts.add(name)
  for (const { name } of root?.querySelectorAll('slot') ?? []) seen.slots.add(name)
  for (const name of element.readStates()) seen.states.add(name)
}

describe('the vocabulary that editors read', () => {
  it('has the attributes and properties of the class', () => {
    const attributes = Object.keys(vocabulary.attributes)
    expect(SeonVerifyElement.observedAttributes.toSorted()).to.deep.equal(attributes.toSorted())
    const element = document.createElement('seon-verify')
    for (const name of [...attributes.map(toCamelCase), ...Object.keys(vocabulary.readings)]) {
      expect(name in element, name).to.equal(true)
    }
    for (const name of Object.keys(vocabulary.readings)) {
      expect(Reflect.set(element, name, 'x'), `${name} is read only`).to.equal(false)
    }
    for (const name of Object.keys(vocabulary.methods)) expect(Reflect.get(element, name), name).to.be.a('function')
    for (const name of Object.keys(vocabulary.properties)) {
      Reflect.set(element, name, {})
      expect(Reflect.has(element, name), name).to.equal(true)
    }
  })

  it('has the parts, slots and states that there are, and no others', async () => {
    const seen: Seen = { parts: new Set(), slots: new Set(), states: new Set() }
    for (const mode of ['fullscreen', 'popup', 'inline'] as const) {
      for (const changes of MOMENTS) await look(mode, changes, seen)
    }
    // SEON's frame stands in it, and nothing of the page's.
    seen.slots.delete('frame')
    expect([...seen.parts].toSorted()).to.deep.equal(Object.keys(vocabulary.parts).toSorted())
    expect([...seen.slots].toSorted()).to.deep.equal(Object.keys(vocabulary.slots).toSorted())
    const asked = Object.keys(vocabulary.states).filter((name) => name !== 'user-invalid')
    expect([...seen.states].filter((name) => name !== 'user-invalid').toSorted()).to.deep.equal(asked.toSorted())
  }).timeout(30_000)

  it('has the custom properties that the styles ask for', () => {
    const asked = `${styles.cssText}${momentStyles.cssText}`.match(/--seon-verify-[\w-]+/g)
    expect([...new Set(asked)].toSorted()).to.deep.equal(Object.keys(vocabulary.cssProperties).toSorted())
    for (const [name, { default: value }] of Object.entries(vocabulary.cssProperties)) {
      expect(styles.cssText).to.contain(`var(${name}, ${value})`)
    }
  })
})

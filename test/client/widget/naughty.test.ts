import { expect } from '@open-wc/testing'
import { mount } from '../helpers/mount.ts'
import { expectOnlyText, NAUGHTY } from '../helpers/naughty.ts'

/** What a page can say in place of the element's own words (client/widget/look). */
const SLOTS = ['label', 'hint', 'privacy']

const ATTRIBUTES = ['user-id', 'email', 'phone-number', 'workflow', 'language', 'mode', 'name']

describe('naughty strings in the element', () => {
  it('stand in its slots as the page wrote them, and nothing of them is its own', async () => {
    document.title = 'untouched'
    const { element } = await mount()
    for (const slot of SLOTS) {
      const words = document.createElement('span')
      words.slot = slot
      words.append(
        ...NAUGHTY.map((text) => {
          const one = document.createElement('bdi')
          one.textContent = text
          return one
        }),
      )
      element.append(words)
    }
    await element.updateComplete
    for (const slot of SLOTS) {
      const shown = element.shadowRoot?.querySelector<HTMLSlotElement>(`slot[name=${slot}]`)?.assignedElements() ?? []
      expect(shown.length, slot).to.equal(1)
      expect([...(shown[0]?.children ?? [])].map((each) => each.textContent)).to.deep.equal(NAUGHTY)
    }
    expectOnlyText(element)
    expect(document.title).to.equal('untouched')
  })

  it('say nothing and run nothing as its attributes', async () => {
    document.title = 'untouched'
    const { element, text } = await mount()
    const said = text()
    for (const name of ATTRIBUTES) {
      for (const value of NAUGHTY) element.setAttribute(name, value)
      await element.updateComplete
      if (element.shadowRoot) expectOnlyText(element.shadowRoot)
      element.removeAttribute(name)
    }
    await element.updateComplete
    expect(text()).to.equal(said)
    expect(document.title).to.equal('untouched')
  })
})

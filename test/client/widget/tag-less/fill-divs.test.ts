import { expect } from '@open-wc/testing'
import '../../../../client/widget/seon-verify.ts'
import { until } from '../../helpers/fake.ts'

const wait = (ask: () => Element | null | undefined) => until(() => ask() ?? false, 'the element')

/** Markup that comes later, as editors, shops' pop-ups and page changes without a load bring it. */
async function add(html: string): Promise<{ div: HTMLElement; element: Element }> {
  const place = document.createElement('main')
  place.innerHTML = html
  document.body.append(place)
  const element = await wait(() => place.querySelector('[data-seon-verify] > seon-verify'))
  const div = element.parentElement
  if (!div) throw new Error('There is no div.')
  return { div, element }
}

const seen = (element: Element, selector: string) => element.shadowRoot?.querySelector(selector)

describe('<div data-seon-verify>', () => {
  afterEach(() => {
    for (const place of document.querySelectorAll('main')) place.remove()
  })

  it('becomes the element, with the attributes that its data say', async () => {
    const { element } = await add(
      '<div data-seon-verify data-user-id="ada-1" data-mode="inline" data-required="" data-disabled="false" data-id="x"></div>',
    )
    expect(Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value]))).to.include({
      'user-id': 'ada-1',
      mode: 'inline',
      required: '',
    })
    expect(element.hasAttribute('disabled')).to.equal(false)
    expect(element.hasAttribute('id')).to.equal(false)
    await wait(() => seen(element, 'button'))
  })

  it('leaves the choice of the server to the script', async () => {
    const { element } = await add(
      '<div data-seon-verify data-user-id="ada-1" data-server="https://evil.example"></div>',
    )
    expect(element.hasAttribute('server')).to.equal(false)
  })

  it('keeps its children and slots those that say so, out of an editor’s paragraphs too', async () => {
    const { element } = await add(
      '<div data-seon-verify>Loading<p><span data-slot="label">Prove it</span></p><b data-slot="hint">Soon</b></div>',
    )
    const slots = [...element.children].map((child) => [child.localName, child.slot])
    expect(slots).to.deep.equal([
      ['p', ''],
      ['b', 'hint'],
      ['span', 'label'],
    ])
    expect(element.textContent).to.include('Loading')
    const slot = await wait(() => seen(element, 'slot[name=label]'))
    expect(slot instanceof HTMLSlotElement && slot.assignedElements()[0]?.textContent).to.equal('Prove it')
  })

  it('follows what is changed or added later, and keeps what a script set', async () => {
    const { div, element } = await add('<div data-seon-verify data-workflow="a" data-disabled></div>')
    element.setAttribute('language', 'de')
    div.dataset['workflow'] = 'b'
    div.removeAttribute('data-disabled')
    const label = document.createElement('span')
    label.dataset['slot'] = 'label'
    div.append(label)
    await until(() => label.slot === 'label' && label.parentElement === element, 'slotted')
    expect(element.getAttribute('workflow')).to.equal('b')
    expect(element.hasAttribute('disabled')).to.equal(false)
    expect(element.getAttribute('language')).to.equal('de')
  })

  it('is filled once, with the script there twice or the element saved with it', async () => {
    const { div } = await add(
      '<div data-seon-verify data-user-id="ada-1"><seon-verify mode="popup"></seon-verify></div>',
    )
    const again = document.createElement('script')
    again.type = 'module'
    again.src = new URL('../../../../client/widget/seon-verify.ts?twice', import.meta.url).href
    const loaded = new Promise((resolve) => again.addEventListener('load', resolve))
    document.head.append(again)
    await loaded
    div.append('more')
    await until(() => div.children.length === div.childNodes.length, 'taken in')
    expect(div.querySelectorAll('seon-verify')).to.have.lengthOf(1)
    expect(div.firstElementChild?.getAttribute('user-id')).to.equal('ada-1')
  })

  it('is left alone where it is being written', async () => {
    const place = document.createElement('main')
    place.contentEditable = 'true'
    place.innerHTML = '<div data-seon-verify>Draft</div>'
    document.body.append(place)
    await add('<div data-seon-verify></div>')
    expect(place.innerHTML).to.equal('<div data-seon-verify="">Draft</div>')
  })

  it('gives up no page to a script that takes the element out again', async () => {
    const { div } = await add('<div data-seon-verify></div>')
    let rounds = 0
    const foe = new MutationObserver(() => {
      rounds += 1
      div.replaceChildren()
    })
    foe.observe(div, { childList: true })
    div.append('x')
    await until(() => rounds > 6, 'some rounds, with the page alive between them')
    foe.disconnect()
  })
})

import { type Control, find, findControl, mount, same, until } from './page.ts'

// Form cases after the web platform tests' `custom-elements/form-associated/`: what any form control does, with the
// element as it is before anybody is verified. Each is a page's own view, without a word to the element's inside.

type Case = () => Promise<void>

export const unverified: Readonly<Record<string, Case>> = {
  async 'is in its form from the parser, from a script and after a move'() {
    const corner = await mount('<form id="a"><seon-verify name="v"></seon-verify></form><form id="b"></form>')
    const control = findControl(corner)
    const [a, b] = [find(corner, '#a', HTMLFormElement), find(corner, '#b', HTMLFormElement)]
    same(control.form, a, 'by the parser')
    b.append(control)
    same(control.form, b, 'moved')
    same([a.elements.length, b.elements.length], [0, 1], 'elements of both')
    control.remove()
    same(control.form, null, 'taken out')
    const made = document.createElement('seon-verify')
    a.append(made)
    same(findControl(a).form, a, 'by a script')
  },

  async 'follows the form attribute, and what its id comes to mean'() {
    const corner = await mount('<form id="near"><seon-verify name="v"></seon-verify></form><form id="far"></form>')
    const control = findControl(corner)
    const [near, far] = [find(corner, '#near', HTMLFormElement), find(corner, '#far', HTMLFormElement)]
    control.setAttribute('form', 'far')
    same(control.form, far, 'by its attribute')
    control.setAttribute('form', 'nobody')
    same(control.form, null, 'of no form')
    far.id = 'nobody'
    same(control.form, far, 'by the id that came')
    control.removeAttribute('form')
    same(control.form, near, 'the nearest again')
  },

  async 'is among the elements of form and fieldset, by name and id too'() {
    const corner = await mount('<form><fieldset><seon-verify id="i" name="n"></seon-verify></fieldset></form>')
    const control = findControl(corner)
    const form = find(corner, 'form', HTMLFormElement)
    same([...form.elements].indexOf(control), 1, 'after its fieldset')
    same(form.elements.namedItem('n'), control, 'by its name')
    same(form.elements.namedItem('i'), control, 'by its id')
    same(find(corner, 'fieldset', HTMLFieldSetElement).elements[0] ?? null, control, 'of the fieldset')
    control.name = 'other'
    await control.updateComplete
    same(form.elements.namedItem('other'), control, 'by its new name')
  },

  async 'keeps to its own tree: a form outside of its shadow root is none of its'() {
    const corner = await mount('<form><div></div></form>')
    const root = find(corner, 'div', HTMLElement).attachShadow({ mode: 'open' })
    root.append(document.createElement('seon-verify'))
    same(findControl(root).form, null, 'through the boundary')
    const form = document.createElement('form')
    root.append(form)
    form.append(findControl(root))
    same(findControl(root).form, form, 'inside of it')
  },

  async 'has its labels, around it and by id, and takes the focus for them'() {
    const corner = await mount(
      '<label for="c">For</label><label>Around <seon-verify id="c"></seon-verify></label><label for="c">Late</label>',
    )
    const control = findControl(corner)
    same(control.labels.length, 3, 'labels')
    for (const label of control.labels) same(label.control, control, 'each knows it')
    for (const label of control.labels) {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
      label.click()
      same(document.activeElement, control, `the focus after "${label.textContent}"`)
    }
    find(corner, 'label', HTMLLabelElement).remove()
    same(control.labels.length, 2, 'the list lives')
  },

  async 'is disabled by its attribute, its property and its fieldsets, and not in their first legend'() {
    const corner = await mount(
      `<form><fieldset id="outer"><legend><seon-verify id="first"></seon-verify></legend>
        <legend><seon-verify id="second"></seon-verify></legend>
        <fieldset id="inner"><seon-verify id="deep"></seon-verify></fieldset></fieldset></form>`,
    )
    const [outer, inner] = [find(corner, '#outer', HTMLFieldSetElement), find(corner, '#inner', HTMLFieldSetElement)]
    const controls = ['#first', '#second', '#deep'].map((id) => findControl(corner, id))
    const disabled = () => controls.map((control) => control.matches(':disabled'))
    const inside = () => controls.map((control) => control.shadowRoot?.querySelector('button')?.disabled)
    const expectBoth = async (wanted: boolean[], what: string) => {
      same(disabled(), wanted, what)
      same(
        controls.map((control) => control.matches(':enabled')),
        wanted.map((each) => !each),
        `enabled ${what}`,
      )
      await until(() => JSON.stringify(inside()) === JSON.stringify(wanted), `the buttons ${what}`)
    }
    await expectBoth([false, false, false], 'at first')
    outer.disabled = true
    await expectBoth([false, true, true], 'by the outer fieldset')
    inner.disabled = true
    outer.disabled = false
    await expectBoth([false, false, true], 'by the inner one')
    const [first, , deep] = controls
    deep?.toggleAttribute('disabled', true)
    inner.disabled = false
    await expectBoth([false, false, true], 'by its attribute')
    if (deep) deep.disabled = false
    await until(() => !deep?.matches(':disabled'), 'the property takes the attribute away')
    await expectBoth([false, false, false], 'by nothing')
    if (first) first.disabled = true
    await until(() => first?.matches(':disabled'), 'the property sets the attribute')
    await expectBoth([true, false, false], 'by its property')
    outer.disabled = true
    corner.append(...controls)
    await expectBoth([true, false, false], 'out of the fieldset')
  },

  async 'is disabled from the start when it is upgraded late'() {
    const corner = await mount('')
    const page = document.implementation.createHTMLDocument()
    page.body.innerHTML = '<fieldset disabled><seon-verify required></seon-verify></fieldset>'
    const fieldset = page.body.firstElementChild
    if (fieldset) corner.append(document.adoptNode(fieldset))
    const control = findControl(corner)
    await control.updateComplete
    same([control.matches(':disabled'), control.willValidate], [true, false], 'as the parser left it')
    await until(() => control.shadowRoot?.querySelector('button')?.disabled, 'its button')
  },

  async 'is not focusable while it is disabled'() {
    const corner = await mount('<seon-verify disabled></seon-verify>')
    const control = findControl(corner)
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    control.focus()
    same(document.activeElement === control, false, 'the focus')
  },

  async 'has validity as a required control has that misses its value'() {
    const corner = await mount('<form><fieldset><seon-verify required></seon-verify></fieldset></form>')
    const control = findControl(corner)
    const { validity } = control
    same([validity.valid, validity.valueMissing, validity.customError], [false, true, false], 'flags')
    same(control.validationMessage.length > 5, true, 'words')
    for (const selector of ['seon-verify', 'fieldset', 'form']) {
      const found = find(corner, selector, HTMLElement)
      same([found.matches(':invalid'), found.matches(':valid')], [true, false], `${selector} matches`)
    }
    control.required = false
    await control.updateComplete
    same([control.validity.valid, control.validationMessage], [true, ''], 'not required')
    same(find(corner, 'form', HTMLElement).matches(':valid'), true, 'the form')
  },

  async 'tells of invalidity by an event that does not bubble and can be cancelled'() {
    const corner = await mount('<form><seon-verify required></seon-verify></form>')
    const control = findControl(corner)
    let bubbled = 0
    const seen: boolean[] = []
    corner.addEventListener('invalid', () => (bubbled += 1))
    control.addEventListener('invalid', (event) => seen.push(event.bubbles, event.cancelable))
    same([control.checkValidity(), find(corner, 'form', HTMLFormElement).checkValidity()], [false, false], 'answers')
    same([seen, bubbled], [[false, true, false, true], 0], 'events')
  },

  async 'reports at its button, unless the page takes that over'() {
    const corner = await mount('<form><seon-verify required></seon-verify></form>')
    const control = findControl(corner)
    const prevent = (event: Event) => event.preventDefault()
    control.addEventListener('invalid', prevent)
    same(control.reportValidity(), false, 'the answer')
    same(document.activeElement === control, false, 'prevented')
    control.removeEventListener('invalid', prevent)
    control.reportValidity()
    await until(() => document.activeElement === control, 'the focus')
    same(control.shadowRoot?.activeElement?.localName, 'button', 'in it')
  },

  async 'is barred from validation while disabled, read-only or in a datalist'() {
    const corner = await mount(
      `<form><seon-verify required></seon-verify><seon-verify required disabled></seon-verify>
        <seon-verify required readonly></seon-verify><datalist><seon-verify required></seon-verify></datalist></form>`,
    )
    const controls = [...corner.querySelectorAll<Control>('seon-verify')]
    same(
      controls.map(({ willValidate }) => willValidate),
      [true, false, false, false],
      'willValidate',
    )
    same(
      controls.map((control) => control.matches(':invalid')),
      [true, false, false, false],
      ':invalid',
    )
  },

  async 'gives no entry to a form without a value, and keeps that from being sent'() {
    const corner = await mount('<form><input name="a" value="1"><seon-verify name="v" required></seon-verify></form>')
    const form = find(corner, 'form', HTMLFormElement)
    let sent = 0
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      sent += 1
    })
    same([...new FormData(form).keys()], ['a'], 'entries')
    form.requestSubmit()
    same(sent, 0, 'sent')
    form.noValidate = true
    form.requestSubmit()
    same(sent, 1, 'sent with novalidate')
    form.noValidate = false
    findControl(corner).required = false
    await findControl(corner).updateComplete
    form.requestSubmit()
    same(sent, 2, 'sent when it is not required')
  },

  async 'is sent past by a button with formnovalidate'() {
    const corner = await mount('<form><seon-verify required></seon-verify><button formnovalidate>Save</button></form>')
    const form = find(corner, 'form', HTMLFormElement)
    let sent = 0
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      sent += 1
    })
    find(corner, 'form > button', HTMLElement).click()
    same(sent, 1, 'sent')
  },

  async 'is user-invalid once its form could not be sent, until that is reset'() {
    const corner = await mount('<form><seon-verify required></seon-verify></form>')
    const [control, form] = [findControl(corner), find(corner, 'form', HTMLFormElement)]
    // By the attribute where custom states are younger than the browser.
    const told = () =>
      control.getAttribute('state')?.includes('user-invalid') ??
      (CSS.supports('selector(:state(x))') && control.matches(':state(user-invalid)'))
    same(told(), false, 'before')
    form.requestSubmit()
    await until(told, 'told')
    form.reset()
    await until(() => !told(), 'forgotten')
  },

  async 'stands for itself as a clone'() {
    const corner = await mount('<form><seon-verify name="v" required user-id="a"></seon-verify></form>')
    const form = find(corner, 'form', HTMLFormElement)
    const copy = form.cloneNode(true)
    corner.append(copy)
    const [first, second] = corner.querySelectorAll<Control>('seon-verify')
    await second?.updateComplete
    same([first?.form === form, second?.form === copy, second?.required, second?.name], [true, true, true, 'v'], 'both')
  },
}

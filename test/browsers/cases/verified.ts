import { type Control, same, until } from './page.ts'

// What a form gets of an element whose visitor stands approved, after the tests of `setFormValue`. The page has one.

type Case = (control: Control, form: HTMLFormElement) => Promise<void>

const entries = (form: HTMLFormElement) =>
  [...new FormData(form)].map(([name, value]) => [name, typeof value === 'string' ? value : value.name])

export const verified: Readonly<Record<string, Case>> = {
  async 'has one entry by its name, in the order of the page'(control, form) {
    same(
      entries(form),
      [
        ['holder', 'Ada Example'],
        ['seon-verify', control.value],
      ],
      'entries',
    )
    same([control.validity.valid, control.validationMessage, form.checkValidity()], [true, '', true], 'validity')
  },

  async 'has the entry by its new name, and none without a name'(control, form) {
    control.name = 'proof'
    await until(() => new FormData(form).get('proof') === control.value, 'the new name')
    same(new FormData(form).has('seon-verify'), false, 'the old name')
    control.removeAttribute('name')
    await until(() => entries(form).length === 1, 'no name')
    control.name = 'seon-verify'
    await until(() => new FormData(form).get('seon-verify'), 'named again')
  },

  async 'has no entry while it is disabled'(control, form) {
    control.disabled = true
    await until(() => entries(form).length === 1, 'disabled')
    control.disabled = false
    await until(() => new FormData(form).get('seon-verify') === control.value, 'enabled')
  },

  async 'takes its entry along to another form, and back'(control, form) {
    const other = document.createElement('form')
    other.id = 'elsewhere'
    document.body.append(other)
    control.setAttribute('form', 'elsewhere')
    same([entries(form).length, entries(other)], [1, [['seon-verify', control.value]]], 'there')
    control.removeAttribute('form')
    same([entries(form).length, entries(other)], [2, []], 'back')
  },

  async 'is in what listeners of formdata see'(control, form) {
    let seen: unknown = null
    form.addEventListener('formdata', ({ formData }) => (seen = formData.get('seon-verify')), { once: true })
    void new FormData(form)
    same(seen, control.value, 'the entry')
  },

  async 'has another receipt after a reset, and tells of the change'(control, form) {
    const before = control.value
    let changes = 0
    form.addEventListener('change', () => (changes += 1))
    form.reset()
    await until(() => control.value !== '' && control.value !== before, 'another receipt')
    same([changes > 0, new FormData(form).get('seon-verify')], [true, control.value], 'told and given')
  },
}

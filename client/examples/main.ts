// The page of examples. What is chosen stands in the address, so that a look can be passed on: `?language=ar&scheme=dark`.

import { chapters } from './chapters.ts'
import { defineExampleElement } from './define-example-element.ts'
import { languages } from './languages.ts'
import { renderChapter } from './render-chapter.ts'

const form = getElement('settings', HTMLFormElement)
const gallery = getElement('gallery', HTMLElement)

function getElement<T extends HTMLElement>(id: string, type: new () => T): T {
  const element = document.getElementById(id)
  if (!(element instanceof type)) throw new Error(`The page lacks #${id}.`)
  return element
}

function listFields(): HTMLSelectElement[] {
  return [...form.elements].filter((field) => field instanceof HTMLSelectElement)
}

function applySettings(): void {
  const settings = Object.fromEntries(listFields().map(({ name, value }) => [name, value]))
  document.documentElement.dataset['scheme'] = settings['scheme']
  gallery.dataset['room'] = settings['room'] ?? ''
  // The page speaks English; only what the element stands in says that it is of another language.
  for (const stage of gallery.querySelectorAll<HTMLElement>('.stage')) {
    stage.lang = settings['language'] ?? ''
    stage.dir = settings['language'] === 'ar' ? 'rtl' : 'ltr'
  }
  history.replaceState(null, '', `?${new URLSearchParams(settings)}${location.hash}`)
}

async function main(): Promise<void> {
  const asked = new URLSearchParams(location.search)
  for (const field of listFields()) {
    if (field.name === 'language') field.append(...languages.map(({ tag, name }) => new Option(name, tag)))
    const value = asked.get(field.name)
    if (value !== null && [...field.options].some((option) => option.value === value)) field.value = value
  }
  await defineExampleElement()
  gallery.append(...chapters.map(renderChapter))
  form.addEventListener('change', applySettings)
  applySettings()
  // The place that the address names has only come now.
  document.getElementById(location.hash.slice(1))?.scrollIntoView()
}

void main()

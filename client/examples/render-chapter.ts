import type { ExampleElement } from './define-example-element.ts'
import type { Chapter, Example } from './example.ts'

/** A chapter with all of its elements; call it once `<seon-verify-example>` is defined. */
export function renderChapter({ id, title, text, examples }: Chapter): HTMLElement {
  const section = create('section', { id })
  section.append(create('h2', {}, title), create('p', {}, text))
  const grid = create('div', { class: 'grid' })
  grid.append(...examples.map(renderExample))
  section.append(grid)
  return section
}

function renderExample({ id, title, changes, attributes, style, slots, messages }: Example): HTMLElement {
  const figure = create('figure', { id })
  if (attributes?.['mode'] === 'inline') figure.className = 'tall'
  const stage = create('div', { class: 'stage', ...(style !== undefined && { style }) })
  const element = createElement({ 'user-id': `example-${id}`, ...attributes })
  for (const [slot, words] of Object.entries(slots ?? {})) element.append(create('span', { slot }, words))
  if (messages) element.messages = messages
  if (changes) element.show(changes)
  stage.append(element)
  figure.append(create('figcaption', {}, title), stage)
  return figure
}

function createElement(attributes: Readonly<Record<string, string>>): ExampleElement {
  const element = create('seon-verify-example', attributes)
  if (!isExampleElement(element)) throw new Error('The example element is not defined yet.')
  return element
}

function isExampleElement(element: HTMLElement): element is ExampleElement {
  return 'show' in element && 'messages' in element
}

function create(name: string, attributes: Readonly<Record<string, string>>, text = ''): HTMLElement {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
  element.textContent = text
  return element
}

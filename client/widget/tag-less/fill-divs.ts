import { fillDiv, readNames } from './fill-div.ts'

let isAsked = false

/** Puts an element into every `<div data-seon-verify>` of the document, now and from now on, however often it is asked. */
export function fillDivs(): void {
  if (isAsked) return
  isAsked = true
  // Half a div would lose the children that the parser has not come to.
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin, { once: true })
  else begin()
}

function begin(): void {
  const names = readNames()
  let next = 0
  const fill = () => {
    next = 0
    for (const div of document.querySelectorAll<HTMLElement>('div[data-seon-verify]')) {
      // An editor would save what is put there.
      if (!div.isContentEditable) fillDiv(div, names)
    }
  }
  // Once a frame: a page that takes out what we put in would otherwise go round with us for ever.
  const watch = new MutationObserver(() => {
    next ||= requestAnimationFrame(fill)
  })
  watch.observe(document, {
    childList: true,
    subtree: true,
    attributeFilter: ['data-seon-verify', 'data-slot', ...names.map((name) => `data-${name}`)],
  })
  fill()
}

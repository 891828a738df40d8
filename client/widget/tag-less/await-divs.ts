/** Between two looks at a page that changes all the time: soon enough for who adds one, rare enough to cost nothing, ms. */
const LOOK_EVERY_MS = 250

/**
 * Watches for `<div data-seon-verify>`, what is left of an element where a site's editor keeps no tag that it does not
 * know. Pages without one pay for a look after changes; what fills them in is loaded with the first.
 */
export function awaitDivs(): void {
  let next = 0
  const look = () => {
    next = 0
    // What did not load is asked for again at the page's next change.
    if (document.querySelector('[data-seon-verify]'))
      import('./fill-divs.ts').then(
        ({ fillDivs }) => {
          watch.disconnect()
          fillDivs()
        },
        () => {},
      )
  }
  const watch = new MutationObserver(() => {
    next ||= window.setTimeout(look, LOOK_EVERY_MS)
  })
  watch.observe(document, { childList: true, subtree: true })
  look()
}

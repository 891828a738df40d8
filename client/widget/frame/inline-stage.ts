import { applyStyles, createContainer, FILL, type Stage, type StageTexts, watchRemoval } from './stage.ts'

/** The frame stands in the element itself, in its slot `frame`; the skeleton and the way out are the element's. */
export function createInlineStage(host: HTMLElement, texts: StageTexts, onExit: () => void): Stage {
  const container = createContainer()
  container.slot = 'frame'
  container.lang = texts.lang
  applyStyles(container, FILL)
  host.append(container)
  const unwatch = watchRemoval(container, onExit)
  return {
    container,
    show(frame) {
      frame.title = texts.frameTitle
      applyStyles(frame, FILL)
      // Whoever came by keyboard goes on in it, once the element has made room for it in place of the button.
      if (host.matches(':focus-within')) setTimeout(() => frame.focus({ preventScroll: true }))
    },
    uncover() {},
    offerExit() {},
    withdrawExit() {},
    remove() {
      unwatch()
      container.remove()
    },
  }
}

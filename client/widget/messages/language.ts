import { findSpoken } from './messages.ts'

/**
 * The element's own choice, else the language of the nearest ancestor that has one, else the first of the browser's
 * that is spoken here. A BCP 47 tag.
 */
export function resolveLanguage(element: Element, chosen: string | null): string {
  for (let node: Element | null = element; !chosen && node; node = parentOf(node)) chosen = node.getAttribute('lang')
  return chosen || findSpoken(navigator.languages) || navigator.language
}

/** Tells when a `lang` around the element may have changed, as sites do that switch without loading anew. */
export function watchLanguage(element: Element, onChange: () => void): () => void {
  const observer = new MutationObserver(onChange)
  for (let node: Element | null = element; node; node = parentOf(node)) {
    observer.observe(node, { attributeFilter: ['lang'] })
  }
  return () => observer.disconnect()
}

function parentOf(element: Element): Element | null {
  if (element.parentElement) return element.parentElement
  const root = element.getRootNode()
  return root instanceof ShadowRoot ? root.host : null
}

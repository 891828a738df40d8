/** The element's own choice, else the language of the nearest ancestor that has one, else the browser's. */
export function resolveLanguage(element: Element, chosen: string | null): string {
  for (let node: Element | null = element; !chosen && node; node = parentOf(node)) chosen = node.getAttribute('lang')
  return chosen || navigator.language
}

function parentOf(element: Element): Element | null {
  if (element.parentElement) return element.parentElement
  const root = element.getRootNode()
  return root instanceof ShadowRoot ? root.host : null
}

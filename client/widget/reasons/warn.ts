const told = new Set<string>()

/** In the browser's console, once a page for each `about`. */
export function warn(about: string, text: string): void {
  if (told.has(about)) return
  told.add(about)
  // oxlint-disable-next-line no-console
  console.warn(`<seon-verify> ${text}`)
}

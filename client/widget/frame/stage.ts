/** Where SEON's frame stands. The page around it is as it was once `remove` has been called. */
export interface Stage {
  /** In light DOM, with a height and an id of its own: SEON's SDK looks it up by id (vendor facts §4.5). */
  readonly container: HTMLElement
  /** The frame is in the container now. */
  show(frame: HTMLIFrameElement): void
  /** The frame has loaded: whatever covered for it goes. */
  uncover(): void
  /** The frame stays silent, or says that something went wrong: tells why, and gives the visitor a way out. */
  offerExit(why: 'slow' | 'wrong'): void
  /** It spoke after all. */
  withdrawExit(): void
  remove(): void
}

export interface StageTexts {
  lang: string
  dir: string
  /** The frame's title for screen readers. */
  frameTitle: string
  /** While the frame loads. */
  loading: string
  /** When it loads for too long. */
  slow: string
  /** When SEON's page says that it could not go on. */
  failures: { unknown: string }
  close: string
}

/** `crypto.randomUUID` is missing in half of the browsers that we serve; this needs to be unique on one page only. */
export function createContainer(): HTMLElement {
  const container = document.createElement('div')
  container.id = `seon-verify-${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`
  return container
}

/** Scripts of a page may replace whatever is on it, and the frame along with it. Returns the undo. */
export function watchRemoval(container: HTMLElement, onRemoved: () => void): () => void {
  const observer = new MutationObserver(() => {
    if (!container.isConnected) onRemoved()
  })
  for (let node = container.parentElement; node; node = node.parentElement) observer.observe(node, { childList: true })
  return () => observer.disconnect()
}

/** `!important`, as these elements stand in the page's own DOM and its style sheets reach them. */
export function applyStyles(element: HTMLElement, styles: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(styles)) element.style.setProperty(name, value, 'important')
}

/** Nothing of the page's: some have `pointer-events: none` on `<body>` while a dialog of theirs is open. */
const BARE = { all: 'initial', 'color-scheme': 'inherit' }

/** Fills the place that it has, whatever the page's style sheet says of `iframe` and `div`. */
export const FILL = {
  ...BARE,
  display: 'block',
  position: 'relative',
  width: '100%',
  height: '100%',
  'max-width': 'none',
  'max-height': 'none',
  margin: '0',
  padding: '0',
  border: '0',
}

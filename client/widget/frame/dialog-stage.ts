import { applyStyles, createContainer, FILL, type Stage, type StageTexts, watchRemoval } from './stage.ts'

/** One above it is SEON's own choice for its fullscreen frame; only browsers without `<dialog>` need it. */
const TOP = '2147483647'

/**
 * The frame fills the window, in a modal `<dialog>` at the end of the page.
 *
 * Not by SEON's own `fullscreen` mode (vendor facts §4.5): that one lies behind an open modal dialog, leaves focus on
 * the button behind it, cannot be left by keyboard, and hides what it finds in the light DOM only, every 3 s, while the
 * rest stays reachable. A modal dialog does all of it natively, and SEON's service is not told the mode.
 */
export function createDialogStage(texts: StageTexts, onExit: () => void): Stage {
  const dialog = document.createElement('dialog')
  const loading = document.createElement('p')
  const container = createContainer()
  const exit = document.createElement('div')
  dialog.append(loading, container, exit)
  dialog.setAttribute('aria-label', texts.frameTitle)
  dialog.lang = texts.lang
  dialog.dir = texts.dir

  loading.textContent = texts.loading
  applyStyles(loading, { position: 'absolute', inset: '0', margin: 'auto', width: 'fit-content', height: '1.5em' })
  applyStyles(container, { ...FILL, flex: '1 1 0', height: 'auto', 'min-height': '0' })

  const closeButton = document.createElement('button')
  closeButton.type = 'button'
  closeButton.textContent = texts.close
  closeButton.addEventListener('click', onExit)
  exit.setAttribute('role', 'status')
  applyStyles(exit, { display: 'none' })

  // Escape, and the back gesture of phones.
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault()
    onExit()
  })
  document.body.append(dialog)
  const unwatch = watchRemoval(dialog, onExit)
  let unlock: (() => void) | undefined

  return {
    container,
    show(frame) {
      frame.title = texts.frameTitle
      applyStyles(frame, FILL)
      applyStyles(dialog, DIALOG_STYLES)
      unlock = lockScrolling()
      if (typeof dialog.showModal === 'function') dialog.showModal()
      else applyStyles(dialog, { 'z-index': TOP })
      frame.focus()
    },
    uncover: () => loading.remove(),
    offerExit(why) {
      exit.replaceChildren(`${why === 'slow' ? texts.slow : texts.failures.unknown} `, closeButton)
      applyStyles(exit, EXIT_STYLES)
      applyStyles(closeButton, BUTTON_STYLES)
    },
    withdrawExit: () => applyStyles(exit, { display: 'none' }),
    remove() {
      unwatch()
      unlock?.()
      if (dialog.open) dialog.close()
      dialog.remove()
    },
  }
}

const DIALOG_STYLES = {
  ...FILL,
  display: 'flex',
  'flex-direction': 'column',
  position: 'fixed',
  inset: '0',
  'border-radius': '0',
  overflow: 'hidden',
  background: 'Canvas',
  color: 'CanvasText',
  font: '16px/1.5 system-ui, sans-serif',
}

/** Below SEON's page and never on it: what it covered could be the very button to go on. */
const EXIT_STYLES = {
  display: 'flex',
  'flex-wrap': 'wrap',
  'align-items': 'center',
  gap: '12px',
  width: 'fit-content',
  'max-width': 'calc(100% - 32px)',
  margin: '12px auto',
  'box-sizing': 'border-box',
  padding: '8px 8px 8px 16px',
  border: '1px solid',
  'border-radius': '10px',
  background: 'Canvas',
  color: 'CanvasText',
}

const BUTTON_STYLES = {
  display: 'inline-block',
  'min-height': '44px',
  padding: '0 16px',
  border: '1px solid',
  'border-radius': '6px',
  background: 'Canvas',
  color: 'CanvasText',
  font: 'inherit',
  cursor: 'pointer',
}

/** The page behind keeps its place, and its width where the browser can keep the scroll bar's. */
function lockScrolling(): () => void {
  const root = document.documentElement
  const hadStyle = root.hasAttribute('style')
  const hasBar = window.innerWidth > root.clientWidth
  const undo = [
    replaceStyle(root.style, 'overflow', ['overflow-x', 'overflow-y'], 'hidden'),
    ...(hasBar ? [replaceStyle(root.style, 'scrollbar-gutter', ['scrollbar-gutter'], 'stable')] : []),
  ]
  return () => {
    for (const each of undo) each()
    // Asked for first, as Chromium removes no attribute that it has not written down yet.
    if (!hadStyle && root.getAttribute('style') === '') root.removeAttribute('style')
  }
}

/** The undo gives back exactly what was there, of a shorthand perhaps only a part; but nothing where the page has set it anew. */
function replaceStyle(
  style: CSSStyleDeclaration,
  name: string,
  longhands: readonly string[],
  value: string,
): () => void {
  const read = (each: string) => [each, style.getPropertyValue(each), style.getPropertyPriority(each)] as const
  const kept = style.getPropertyValue(name) ? [read(name)] : longhands.map(read)
  style.setProperty(name, value)
  return () => {
    if (style.getPropertyValue(name) !== value) return
    for (const each of kept) style.setProperty(...each)
  }
}

/** SEON's SDK opens its window under this name (vendor facts §4.5): a window that has it already is used again. */
const POPUP_NAME = 'seon-idv-popup'

/** The size that SEON's SDK asks for. */
const WIDTH = 800
const HEIGHT = 600

/**
 * Opens the window while the click is still fresh. SEON's SDK does it two network round trips later, when browsers
 * already call it an unwanted pop-up. Returns null where the browser refuses.
 */
export function openPopup(): Window | null {
  const left = window.screenX + (window.outerWidth - WIDTH) / 2
  const top = window.screenY + (window.outerHeight - HEIGHT) / 2
  const features = `width=${WIDTH},height=${HEIGHT},left=${left},top=${top}`
  return window.open('about:blank', POPUP_NAME, features)
}

/** In iOS web views `window.open` replaces the page itself (vendor facts §4.5): there the flow opens on the page. */
export function canOpenPopup(): boolean {
  // iPads call themselves Macintosh, which have no touch screens.
  return !/iP|Mac/.test(navigator.userAgent) || navigator.maxTouchPoints < 2
}

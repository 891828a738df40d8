/** Rows drawn beyond each edge of the screen, so that a quick turn of the wheel meets no blank. */
const MARGIN = 8

/**
 * Which of `count` rows of `rowHeight` px to draw, the list's top being `top` px below the screen's (negative: scrolled past), and
 * `margin` rows beyond.
 */
export function readVisibleRange(
  count: number,
  rowHeight: number,
  top: number,
  screenHeight: number,
  margin = MARGIN,
): { first: number; end: number } {
  const first = Math.max(0, Math.min(count, Math.floor(-top / rowHeight) - margin))
  const end = Math.max(first, Math.min(count, Math.ceil((screenHeight - top) / rowHeight) + margin))
  return { first, end }
}

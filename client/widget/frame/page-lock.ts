let taken = false

/**
 * One flow a page: SEON's flows share a window name, the camera and the visitor. Returns the undo, or null while
 * another element holds it.
 */
export function claimPage(): (() => void) | null {
  if (taken) return null
  taken = true
  let held = true
  return () => {
    if (held) taken = false
    held = false
  }
}

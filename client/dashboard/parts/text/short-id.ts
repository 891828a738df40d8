/** An id shortened in the middle, as its ends are what tells ids apart: "0197f3a2…c41b". Short ones stay whole. */
export function shortenId(id: string, head = 8, tail = 4): string {
  // By code points, so that no character outside of the basic plane is cut in half.
  const characters = Array.from(id)
  return characters.length <= head + tail + 1
    ? id
    : `${characters.slice(0, head).join('')}…${characters.slice(-tail).join('')}`
}

import { randomBytes } from 'node:crypto'

/**
 * UUIDv7 (RFC 9562 §5.7): sorts by time, and within one process and millisecond by a counter that starts at random, so
 * that ids sort in the order they were made.
 */
export function createIds(now: () => number = Date.now): () => string {
  let last = 0
  let counter = 0
  return () => {
    const bytes = randomBytes(16)
    const time = Math.max(now(), last)
    // 12 bits of counter, of which the start takes 11: at least 2,048 ids a millisecond before it borrows from the next.
    counter = time > last ? bytes.readUInt16BE(6) & 0x7ff : counter + 1
    last = counter > 0xfff ? time + 1 : time
    if (counter > 0xfff) counter = 0
    bytes.writeUIntBE(last, 0, 6)
    bytes.writeUInt16BE(0x7000 | counter, 6)
    bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
    const hex = bytes.toString('hex')
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
  }
}

import { encode } from 'uqr'

/** A QR code as an SVG path: `size` squares a side, the quiet border included. */
export interface QrCode {
  size: number
  path: string
}

/** As much as the standard asks for around it, in squares. */
const BORDER = 4

export function createQrCode(text: string): QrCode {
  const { data, size } = encode(text, { border: BORDER, ecc: 'M' })
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return { size, path: path.join('') }
}

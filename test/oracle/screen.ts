import assert from 'node:assert/strict'
import type { Changes, Counts, Snapshot, Verification } from '../../server/protocol.ts'

/** What a screen holds: a snapshot, then every stretch that follows without gap or overlap. */
export class Screen {
  revision: number
  counts: Counts
  readonly #rows: Map<string, Verification>

  constructor(snapshot: Snapshot) {
    this.revision = snapshot.revision
    this.counts = snapshot.counts
    this.#rows = new Map(snapshot.verifications.map((row) => [row.id, row]))
  }

  apply({ from, to, verifications, counts, removed = [] }: Changes): void {
    assert.equal(from, this.revision, 'begins where the last one ended')
    assert.ok(to >= from)
    for (const row of verifications) {
      assert.ok(row.revision > from, `${row.id} did not change after ${from}`)
      this.#rows.set(row.id, row)
    }
    for (const id of removed) this.#rows.delete(id)
    this.revision = to
    this.counts = counts
  }

  get rows(): Verification[] {
    return [...this.#rows.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1))
  }
}

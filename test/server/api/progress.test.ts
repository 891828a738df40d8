import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, it } from 'node:test'
import express from 'express'
import { createProgress } from '../../../server/api/progress.ts'
import { createStatusTokens } from '../../../server/auth/status-token.ts'
import { createIds } from '../../../server/ids.ts'
import { openStore } from '../../../server/store/engine/open-store.ts'
import type { Store } from '../../../server/store/engine/store.ts'
import { createKeyedHash } from '../../../server/store/keyed-hash.ts'
import { applyReports } from '../../../server/store/projection/projector.ts'
import { createRecordInit } from '../../../server/store/projection/record-init.ts'
import { readDetail } from '../../../server/store/reading/verifications.ts'
import { listen, stop } from '../../helpers/listen.ts'

const MOST = 200

it('POST /api/progress: keeps two hundred hints of a verification, and past them leaves the writer’s place to others', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'seon-verify-progress-'))
  const opened = await openStore(`sqlite:${join(folder, 'progress.db')}`)
  let written = 0
  const store: Store = {
    ...opened,
    transactAlone: (work) => {
      written += 1
      return opened.transactAlone(work)
    },
  }
  const newId = createIds()
  const recordInit = createRecordInit({ store, hash: createKeyedHash(new Uint8Array(32)), newId, now: Date.now })
  const run = { executionId: 'run-1', userId: 'user-1', workflow: 'w', environment: 'sandbox' } as const
  const { verificationId } = await recordInit(run)
  const statusTokens = createStatusTokens(new Uint8Array(32))
  const token = await statusTokens.issue(verificationId)
  const server = createServer(express().use(createProgress({ store, statusTokens, newId, now: Date.now })))
  const url = await listen(server)
  after(async () => {
    await stop(server)
    await opened.close()
    await rm(folder, { recursive: true, force: true })
  })

  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const post = () => fetch(url, { method: 'POST', headers, body: '{"event":"opened"}' }).then(({ status }) => status)
  const hint = { kind: 'hint', source: 'page', environment: 'sandbox', event: 'opened', deliveryId: null } as const
  const said = Array.from({ length: MOST - 1 }, () => newId()).map((id) => ({
    ...hint,
    id,
    subject: { type: 'run', id: run.executionId } as const,
    occurredAt: null,
    receivedAt: Date.now(),
  }))
  await opened.transactAlone((trx) => applyReports(trx, said, Date.now()))
  assert.equal(await post(), 204)
  const before = written
  assert.equal(before, 2, 'the start and the last hint')
  for (let count = 0; count < 5; count += 1) assert.equal(await post(), 204)
  assert.equal(written, before)
  const detail = await readDetail(opened.reader, verificationId)
  assert.equal(detail?.timeline.filter(({ kind }) => kind === 'hint').length, MOST)
})

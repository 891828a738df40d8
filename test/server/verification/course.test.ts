import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Identity } from '../../../server/verification/identity.ts'
import { foldReports } from '../../../server/verification/projection.ts'
import type { Report } from '../../../server/verification/report.ts'

const RUN: Identity = { environment: 'live', vendor: 'seon', vendorId: 'run-1' }
const INTERVIEW: Identity = { environment: 'live', vendor: 'incode', vendorId: 'int-1' }

let ids = 0
/** Reports come in the order they are made. */
function report(given: Partial<Report>): Report {
  ids += 1
  return {
    id: String(ids).padStart(4, '0'),
    kind: 'report',
    source: 'seon',
    environment: 'live',
    subject: { type: 'run', id: 'run-1' },
    event: 'orchestration/workflow_execution_updated',
    occurredAt: null,
    receivedAt: 1_000_000 + ids,
    deliveryId: null,
    ...given,
  }
}

const init = () => report({ kind: 'init', source: 'server', event: 'init', status: 'created' })
const hint = (event: string, status?: Report['status'], detail?: string) =>
  report({
    kind: 'hint',
    source: 'page',
    event,
    ...(status === undefined ? {} : { status }),
    ...(detail === undefined ? {} : { detail }),
  })
const end = (status: NonNullable<Report['status']>) => report({ status, occurredAt: 2_000_000 })

function courseOf(reports: Report[], identity = RUN) {
  const { reached, lastStep } = foldReports(identity, reports)
  return `${reached} ${lastStep}`
}

describe('the course of a verification', () => {
  it('begins where nothing was heard', () => assert.equal(courseOf([init()]), 'created init'))

  it('goes as far as hints say', () => {
    assert.equal(courseOf([init(), hint('opened')]), 'created opened')
    assert.equal(courseOf([init(), hint('opened'), hint('started', 'started')]), 'started started')
    assert.equal(courseOf([init(), hint('started', 'started'), hint('completed', 'submitted')]), 'submitted completed')
  })

  it('does not take leaving for a step', () => {
    assert.equal(courseOf([init(), hint('opened'), hint('cancelled', 'cancelled'), hint('closed')]), 'created opened')
    assert.equal(courseOf([init(), hint('started', 'started'), end('abandoned')]), 'started started')
    assert.equal(courseOf([init(), end('expired')]), 'created init')
  })

  it('counts a verdict as the end of the way, wherever it was last seen', () => {
    assert.equal(courseOf([init(), end('approved')]), 'decided init')
    assert.equal(courseOf([init(), hint('started', 'started'), end('review')]), 'decided started')
    assert.equal(courseOf([init(), hint('completed', 'submitted'), end('error')]), 'submitted completed')
  })

  it('names known codes of errors and no others', () => {
    const failed = (code?: string) => courseOf([init(), hint('started', 'started'), hint('error', undefined, code)])
    assert.equal(failed('sdk_error_code_5'), 'started error_code_5')
    assert.equal(failed('camera_forbidden'), 'started camera_forbidden')
    assert.equal(failed('made.up'), 'started error')
    assert.equal(failed(), 'started error')
  })

  it('takes a session for a start, and for a step', () => {
    const session = report({
      event: 'idv:session_finished',
      subject: { type: 'session', id: 'ses-1' },
      executionId: 'run-1',
      status: 'abandoned',
    })
    assert.equal(courseOf([init(), session]), 'started idv/session_finished')
  })

  it("follows Incode's own steps", () => {
    const step = (event: string, status: NonNullable<Report['status']>) =>
      report({ source: 'incode', event, status, subject: { type: 'interview', id: 'int-1' } })
    const steps = [step('ID_VALIDATION_FINISHED', 'processing'), step('FACE_VALIDATION_FINISHED', 'processing')]
    assert.equal(courseOf(steps, INTERVIEW), 'started FACE_VALIDATION_FINISHED')
    assert.equal(
      courseOf([...steps, step('ONBOARDING_FINISHED', 'finished')], INTERVIEW),
      'submitted ONBOARDING_FINISHED',
    )
  })

  it('leaves out what is said of the same user elsewhere', () => {
    const alert = report({ event: 'aml/person_updates', source: 'seon-fraud', subject: { type: 'user', id: 'ada' } })
    const payment = report({ event: 'transaction/processed', subject: { type: 'transaction', id: 'tx-1' } })
    assert.equal(courseOf([init(), alert, payment]), 'created init')
    assert.equal(courseOf([init(), { ...payment, executionId: 'run-1' }]), 'created transaction/processed')
  })

  it('knows when a verdict was made, in review too', () => {
    assert.equal(foldReports(RUN, [init(), end('review')]).judgedAt, 2_000_000)
    assert.equal(foldReports(RUN, [init(), end('review')]).decidedAt, null)
    assert.equal(foldReports(RUN, [init()]).judgedAt, null)
  })
})

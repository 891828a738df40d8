import { expect } from '@open-wc/testing'
import { applyChange, type Change, INITIAL, PHASES, type Phase, type State } from '../../../client/widget/phase.ts'
import { STATUSES, type Status } from '../../../server/protocol.ts'

const failure = { code: 'network' } as const

/** One change of each type, and what each phase makes of it. */
const TABLE: [Change, Record<Phase, Phase>][] = [
  [{ type: 'start' }, to({ idle: 'starting', submitted: 'starting', decided: 'starting', failed: 'starting' })],
  [{ type: 'ready' }, to({})],
  [{ type: 'shown' }, to({ starting: 'open' })],
  [{ type: 'loaded' }, to({})],
  [{ type: 'completed' }, to({ starting: 'submitted', open: 'submitted' })],
  [{ type: 'failed', failure }, to({ starting: 'failed', open: 'failed' })],
  [{ type: 'closed' }, to({ starting: 'idle', open: 'idle' })],
  [{ type: 'cleared' }, to({ failed: 'idle' })],
  [{ type: 'reset' }, to({ starting: 'idle', open: 'idle', submitted: 'idle', decided: 'idle', failed: 'idle' })],
]

/** The phases that change; the others stay. */
function to(changes: Partial<Record<Phase, Phase>>): Record<Phase, Phase> {
  return {
    idle: 'idle',
    starting: 'starting',
    open: 'open',
    submitted: 'submitted',
    decided: 'decided',
    failed: 'failed',
    ...changes,
  }
}

function at(phase: Phase): State {
  return { ...INITIAL, phase, failure: phase === 'failed' ? failure : null }
}

const rest = (status: Status, phase: Phase = 'idle') => applyChange(at(phase), { type: 'status', status }).phase

describe('applyChange', () => {
  for (const [change, outcome] of TABLE) {
    for (const phase of PHASES) {
      it(`${change.type} in ${phase} leads to ${outcome[phase]}`, () => {
        expect(applyChange(at(phase), change).phase).to.equal(outcome[phase])
      })
    }
  }

  for (const status of STATUSES) {
    it(`keeps an open frame open when the server says ${status}`, () => {
      for (const phase of ['starting', 'open'] as const) {
        expect(applyChange(at(phase), { type: 'status', status })).to.include({ phase, status })
      }
    })
  }

  it('rests where the server says', () => {
    expect(STATUSES.map((status) => rest(status))).to.deep.equal([
      'idle', // created
      'idle', // started
      'idle', // processing
      'idle', // cancelled
      'submitted',
      'submitted', // finished
      'decided',
      'decided',
      'decided',
      'decided',
      'decided',
      'decided',
    ])
    expect(rest('started', 'submitted'), 'the server is behind the browser').to.equal('submitted')
    expect(rest('started', 'failed'), 'a failure is not hidden by old news').to.equal('failed')
    expect(rest('approved', 'failed'), 'a decision outranks a failure').to.equal('decided')
  })

  it('shows a decision that came while the frame was open once it is closed', () => {
    const open = applyChange(at('open'), { type: 'status', status: 'approved' })
    expect(applyChange(open, { type: 'completed' }).phase).to.equal('decided')
    expect(applyChange(open, { type: 'closed' }).phase).to.equal('decided')
  })

  it('forgets the last decision when the server has made a new verification', () => {
    const declined = applyChange(at('idle'), { type: 'status', status: 'declined' })
    const starting = applyChange(declined, { type: 'start' })
    expect(starting.status, 'still there while the server is asked').to.equal('declined')
    expect(applyChange(starting, { type: 'ready' }).status).to.equal(null)
    expect(applyChange(starting, { type: 'closed' }).phase, 'closed before that').to.equal('decided')
  })

  it('knows whether an attempt was left before its end', () => {
    expect(applyChange(at('open'), { type: 'closed' }).interrupted).to.equal(true)
    expect(applyChange(at('starting'), { type: 'closed' }).interrupted).to.equal(false)
    const again = applyChange({ ...at('idle'), interrupted: true }, { type: 'start' })
    expect(again.interrupted).to.equal(false)
  })

  it('keeps what SEON’s page could not do as long as that is open', () => {
    const failure = { code: 'sdk_unknown' } as const
    const troubled = applyChange(at('open'), { type: 'error', failure })
    expect([troubled.phase, troubled.failure]).to.deep.equal(['open', failure])
    expect(applyChange(troubled, { type: 'completed' }).failure).to.equal(null)
    expect(applyChange(at('submitted'), { type: 'error', failure })).to.deep.equal(at('submitted'))
  })

  it('gives back the very same state for what changes nothing', () => {
    for (const phase of PHASES) {
      const state = at(phase)
      for (const type of ['opened', 'started', 'cancelled', 'silent'] as const) {
        expect(applyChange(state, { type })).to.equal(state)
      }
    }
  })
})

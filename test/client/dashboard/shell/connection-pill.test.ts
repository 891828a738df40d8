import { expect, fixture, html } from '@open-wc/testing'
import '../../../../client/dashboard/elements.ts'
import type { Connection } from '../../../../client/dashboard/feed-state.ts'
import { FEED_AT_START } from '../../../../client/dashboard/feed-state.ts'
import { messages } from '../../../../client/dashboard/messages.ts'
import type { ConnectionPill } from '../../../../client/dashboard/shell/connection-pill.ts'
import { loadTokens } from '../helpers.ts'

async function say(connection: Connection, lostFor: number | null): Promise<string> {
  const currentAt = lostFor === null ? null : Date.now() - lostFor
  const element = await fixture<ConnectionPill>(
    html`<sv-connection .state=${{ ...FEED_AT_START, connection, currentAt }}></sv-connection>`,
  )
  await expect(element).to.be.accessible()
  return element.renderRoot.querySelector('.pill')?.textContent ?? ''
}

describe('sv-connection', () => {
  before(loadTokens)

  it('says live only when it is', async () => {
    expect(await say('live', 0)).to.contain(messages.connection.live)
    for (const other of ['connecting', 'waiting', 'reconnecting', 'offline', 'outdated'] as const) {
      expect(await say(other, 1000)).not.to.contain(`${messages.connection.live}.`)
    }
  })

  it('turns from reconnecting to stale, with the time since when', async () => {
    expect(await say('reconnecting', 2_000)).to.contain(messages.connection.reconnecting)
    expect(await say('reconnecting', 60_000)).to.match(/Stale since \d\d:\d\d:\d\d/)
    expect(await say('offline', 60_000)).to.match(/Offline · Stale since \d\d:\d\d:\d\d/)
  })

  it('does not call stale what never was current', async () => {
    expect(await say('reconnecting', null)).not.to.contain('Stale')
  })
})

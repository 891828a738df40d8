// Pages with a content security policy. A policy stays for the rest of the page: the tests build on each other.

import { expect } from '@open-wc/testing'
import { createContainer } from '../../../client/widget/frame/stage.ts'
import { type FlowEvent, openFlow } from '../../../client/widget/orchestration.ts'
import { say, seonUrl, until, whenLoaded } from '../helpers/fake.ts'

function addPolicy(content: string): void {
  const meta = document.createElement('meta')
  meta.httpEquiv = 'Content-Security-Policy'
  meta.content = content
  document.head.append(meta)
}

function open(scenario: string): FlowEvent[] {
  const container = createContainer()
  document.body.append(container)
  const events: FlowEvent[] = []
  openFlow({ token: 'fake:token', target: container, sandboxUrl: seonUrl(scenario) }, (event) => {
    // When a frame has loaded is the browser's business.
    if (event.type !== 'loaded') events.push(event)
  })
  return events
}

const isOver = (events: FlowEvent[]) => until(() => events.some(({ type }) => type === 'closed'), 'closed')

describe('orchestration under a content security policy', () => {
  it('opens where Trusted Types forbid what SEON’s SDK does to the container', async () => {
    addPolicy("require-trusted-types-for 'script'")
    expect(() => {
      document.createElement('div').innerHTML = ''
    }, 'the policy works').to.throw(TypeError)
    const loaded = whenLoaded('plain')
    const events = open('plain')
    say(await loaded, 'cancelled')
    await isOver(events)
    expect(events.map(({ type }) => type)).to.deep.equal(['shown', 'opened', 'cancelled', 'closed'])
  })

  it('does not mind what the policy keeps out elsewhere on the page', async () => {
    addPolicy(`frame-src ${new URL(seonUrl('plain')).origin}; img-src 'none'`)
    const loaded = whenLoaded('plain')
    const events = open('plain')
    const frame = await loaded
    const violations: string[] = []
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
      violations.push(effectiveDirective),
    )
    const advert = document.createElement('iframe')
    advert.src = 'https://advert.example/'
    const image = document.createElement('img')
    image.src = 'https://advert.example/pixel.png'
    document.body.append(advert, image)
    await until(() => violations.length === 2, 'both violations')
    say(frame, 'cancelled')
    await isOver(events)
    expect(events.map(({ type }) => type)).to.deep.equal(['shown', 'opened', 'cancelled', 'closed'])
  })

  it('8: a frame that the policy keeps out is `frame_blocked`', async () => {
    addPolicy("frame-src 'none'")
    const events = open('plain')
    await isOver(events)
    expect(events.map(({ type }) => type)).to.deep.equal(['shown', 'failed', 'closed'])
    expect(events[1]).to.deep.include({ failure: { code: 'frame_blocked', directive: 'frame-src' } })
    expect(document.querySelector('iframe[data-testid="seon-idv-iframe"]')).to.equal(null)
  })

  it('a request that the policy keeps in is `connect_blocked`', async () => {
    addPolicy("connect-src 'self'")
    const events = open('refused')
    await isOver(events)
    expect(events.map(({ type }) => type)).to.deep.equal(['failed', 'closed'])
    expect(events[0]).to.deep.include({ failure: { code: 'connect_blocked', directive: 'connect-src' } })
  })
})

import { expect } from '@open-wc/testing'
import { createQrCode } from '../../../client/widget/link/qr-code.ts'
import { readRequests, serverUrl, setStatus, until } from '../helpers/fake.ts'
import { type Mounted, mount, newUser } from '../helpers/mount.ts'

async function openLink(userId: string, attributes = {}): Promise<Mounted & { link: HTMLAnchorElement }> {
  const mounted = await mount(userId, { mode: 'link', language: 'en', ...attributes })
  mounted.button().click()
  const link = await until(() => mounted.element.shadowRoot?.querySelector('a'), 'the link')
  return { ...mounted, link }
}

describe('<seon-verify mode="link">', () => {
  it('shows the link, also as a QR code, and starts nothing', async () => {
    const userId = newUser()
    const { element, link, hears, text } = await openLink(userId, { workflow: 'kyc' })
    expect(link.href).to.equal(`${serverUrl}/of-nobody?language=en`)
    const code = element.shadowRoot?.querySelector('[part=qr-code] path')
    expect(code?.getAttribute('d')).to.equal(createQrCode(link.href).path)
    expect([element.phase, text().includes('Go on with your phone')]).to.deep.equal(['open', true])
    const asked = (await readRequests('/verify/api/links')).filter(({ body }) => JSON.stringify(body).includes(userId))
    expect(asked.map(({ body }) => body)).to.deep.equal([{ userId, workflow: 'kyc' }])
    const inits = await readRequests('/verify/api/init-verification')
    expect(inits.filter(({ body }) => JSON.stringify(body).includes(userId))).to.deep.equal([])
    await expect(element).to.be.accessible()
    element.close()
    await hears('closed')
    expect(element.phase).to.equal('idle')
  })

  it('follows what happens on the other device to its end', async () => {
    const userId = newUser()
    const { element, heard, hears, text } = await openLink(userId)
    await setStatus(userId, 'created', 0, 'waiting')
    await setStatus(userId, 'started', 4)
    await until(() => text().includes('Your verification is open there'), 'the words')
    expect(element.shadowRoot?.querySelector('a'), 'the link is used').to.equal(null)
    await setStatus(userId, 'approved', 6)
    await hears('closed')
    await until(() => text().includes('Your identity is confirmed'), 'the words for it')
    expect(heard).to.deep.equal([['status', { status: 'started' }], ['status', { status: 'approved' }], ['closed']])
    await setStatus(userId, 'review', 7)
    await until(() => element.status === 'review', 'what comes later')
  })

  for (const state of ['expired', 'replaced']) {
    it(`says so when the link is ${state}, and makes another`, async () => {
      const userId = newUser()
      const { heard, hears, text, button } = await openLink(userId)
      await setStatus(userId, 'created', 0, state)
      await hears('closed')
      expect(heard).to.deep.equal([['error', { code: 'link_over' }], ['closed']])
      await until(() => text().includes('no longer valid'), 'the words')
      expect(button().innerText).to.include('Start again')
    })
  }

  for (const width of ['240px', '400px', '900px']) {
    it(`takes the same room before, with and after the link (${width})`, async () => {
      document.body.style.width = width
      const userId = newUser()
      const { element, hears } = await mount(userId, { mode: 'link', language: 'en' })
      const heights = [element.offsetHeight]
      element.start()
      await until(() => element.shadowRoot?.querySelector('a'), 'the link')
      heights.push(element.offsetHeight)
      await setStatus(userId, 'approved', 6)
      await hears('closed')
      await element.updateComplete
      heights.push(element.offsetHeight)
      document.body.removeAttribute('style')
      expect(new Set(heights).size, heights.join()).to.equal(1)
    })
  }

  it('tells why there is none', async () => {
    const { element, heard, hears } = await mount('init-error rate_limited 429', { mode: 'link' })
    element.start()
    await hears('closed')
    expect(heard).to.deep.equal([['error', { code: 'init_rate_limited' }], ['closed']])
  })
})

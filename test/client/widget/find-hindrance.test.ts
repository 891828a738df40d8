import { expect } from '@open-wc/testing'
import { findHindrance } from '../../../client/widget/frame/find-hindrance.ts'
import { until } from '../helpers/fake.ts'
import { newUser } from '../helpers/mount.ts'

/** A page in a frame that gives it no camera, as many sites put forms of others on theirs. */
async function openFrame(
  allow: string,
  attributes = '',
): Promise<{ frame: HTMLIFrameElement; inner: typeof globalThis }> {
  const frame = document.createElement('iframe')
  frame.allow = allow
  const { url }: { url: string } = await (await fetch('/fake-seon.json')).json()
  frame.srcdoc = `<html lang="en"><seon-verify server="${url}/verify" user-id="${newUser()}" ${attributes}></seon-verify>
    <script type="module" src="${new URL('../../../client/widget/seon-verify.ts', import.meta.url)}"></script>`
  document.body.append(frame)
  await until(
    () => frame.contentDocument?.querySelector('seon-verify')?.shadowRoot?.querySelector('button'),
    'the page',
  )
  const inner = frame.contentWindow
  if (!inner || !('isSecureContext' in inner)) throw new Error('There is no page in the frame.')
  return { frame, inner: Object(inner) }
}

describe('the check before a start', () => {
  afterEach(() => document.querySelector('iframe')?.remove())

  it('finds nothing on a page that may use the camera', () => {
    expect(findHindrance(window)).to.equal(null)
  })

  it('finds a page without https, and a browser without cameras', () => {
    const { document, navigator } = window
    expect(findHindrance({ document, navigator, isSecureContext: false })).to.equal('insecure_page')
    expect(findHindrance({ document, navigator: Object.create(null), isSecureContext: true })).to.equal(
      'camera_unsupported',
    )
  })

  it('finds a frame that keeps the camera from its page', async () => {
    const { inner } = await openFrame("camera 'none'")
    expect(findHindrance(inner)).to.equal('camera_forbidden')
  })

  for (const mode of ['fullscreen', 'inline']) {
    it(`offers another device there, or to try anyway (${mode})`, async () => {
      const { frame } = await openFrame("camera 'none'", `mode="${mode}"`)
      const element = frame.contentDocument?.querySelector('seon-verify')
      const button = (text: string) =>
        [...(element?.shadowRoot?.querySelectorAll('button') ?? [])].find(({ textContent }) =>
          textContent?.includes(text),
        )
      button('Verify')?.click()
      ;(await until(() => button('Use another device'), 'the offer')).click()
      await until(() => element?.shadowRoot?.querySelector('[part=qr-code]'), 'the link')
      element?.close()
      await until(() => element?.phase === 'idle', 'closed')
      ;(await until(() => button('Start again'), 'another start')).click()
      ;(await until(() => button('Start here anyway'), 'the other offer')).click()
      await until(() => element?.phase === 'open', 'the flow')
    })
  }
})

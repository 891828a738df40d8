import { expect } from '@open-wc/testing'
import { en } from '../../../client/widget/messages/en.ts'
import { keepStatusToken } from '../../../client/widget/standing/status-token-store.ts'
import { STATUSES } from '../../../server/protocol.ts'
import { say, serverUrl, setStatus, until, whenLoaded } from '../helpers/fake.ts'
import { type Mounted, mount, newUser } from '../helpers/mount.ts'

/** How to bring an element to each moment that a visitor can see. */
const MOMENTS: Record<string, (attributes: Record<string, string>) => Promise<Mounted>> = {
  idle: (attributes) => mount(newUser(), attributes),
  disabled: (attributes) => mount(newUser(), { ...attributes, disabled: '' }),
  starting: async (attributes) => {
    const mounted = await mount(newUser('hang-init'), attributes)
    mounted.element.start()
    await until(() => mounted.button().ariaDisabled === 'true', 'starting')
    return mounted
  },
  interrupted: async (attributes) => {
    const mounted = await mount(newUser(), attributes)
    const loaded = whenLoaded('plain')
    mounted.element.start()
    await loaded
    mounted.element.close()
    await mounted.hears('closed')
    await until(() => mounted.text().includes(en.cancelled), 'the words')
    return mounted
  },
  submitted: async (attributes) => {
    const mounted = await mount(newUser(), attributes)
    const loaded = whenLoaded('plain')
    mounted.element.start()
    say(await loaded, 'completed', 'success')
    await mounted.hears('closed')
    await until(() => mounted.text().includes(en.submitted), 'the words')
    return mounted
  },
  failed: async (attributes) => {
    const mounted = await mount('init-error vendor_rejected 400', attributes)
    mounted.element.start()
    await mounted.hears('closed')
    await until(() => mounted.text().includes(en.failures.details), 'the words')
    return mounted
  },
}

for (const status of STATUSES) {
  MOMENTS[`status ${status}`] = async (attributes) => {
    const userId = newUser()
    keepStatusToken({ server: serverUrl, userId }, `status ${userId}`)
    await setStatus(userId, status, 1)
    const mounted = await mount(userId, attributes)
    await mounted.hears('status')
    await until(() => mounted.element.shadowRoot?.querySelector('.message'), 'the words')
    return mounted
  }
}

/** The page around it: narrow or wide, in a scheme. */
function setPage(width: string, scheme: 'light' | 'dark'): void {
  document.body.style.cssText = `width: ${width}; margin: 0; color-scheme: ${scheme}; background: Canvas; color: CanvasText`
}

async function closeQuietly({ element, hears }: Mounted): Promise<void> {
  if (element.phase !== 'starting') return
  element.close()
  await hears('closed')
}

describe('the look of <seon-verify>', () => {
  afterEach(() => document.body.removeAttribute('style'))

  for (const [name, bring] of Object.entries(MOMENTS)) {
    it(`is accessible: ${name}`, async () => {
      setPage('400px', 'light')
      const mounted = await bring({})
      await expect(mounted.element).to.be.accessible()
      setPage('400px', 'dark')
      await expect(mounted.element).to.be.accessible()
      for (const button of mounted.element.shadowRoot?.querySelectorAll('button') ?? []) {
        expect(button.offsetHeight).to.be.at.least(44)
      }
      await closeQuietly(mounted)
    })
  }

  for (const width of ['240px', '320px', '400px', '900px']) {
    it(`takes the same room at every moment (${width})`, async () => {
      setPage(width, 'light')
      const heights: Record<string, number> = {}
      for (const [name, bring] of Object.entries(MOMENTS)) {
        const mounted = await bring({})
        heights[name] = mounted.element.offsetHeight
        await closeQuietly(mounted)
        mounted.element.remove()
      }
      expect(new Set(Object.values(heights)).size, JSON.stringify(heights)).to.equal(1)
    })
  }

  it('takes font, colour and accent from the page', async () => {
    const { element, button } = await mount()
    element.style.cssText = 'font: 20px serif; color: rgb(1, 2, 3); --seon-verify-accent: rgb(4, 5, 6)'
    const hint = element.shadowRoot?.querySelector('[part=hint]')
    const style = hint && getComputedStyle(hint)
    expect([style?.fontFamily, style?.color]).to.deep.equal(['serif', 'rgb(1, 2, 3)'])
    expect([getComputedStyle(button()).fontSize, getComputedStyle(button()).backgroundColor]).to.deep.equal([
      '20px',
      'rgb(4, 5, 6)',
    ])
  })

  it('is as wide as is good to read where its place is as wide as it, and never wider than its place', async () => {
    const { element } = await mount()
    const around = document.createElement('div')
    around.style.cssText = 'inline-size: fit-content; max-inline-size: 1200px; font-size: 16px'
    element.replaceWith(around)
    around.append(element)
    expect(around.offsetWidth).to.be.within(400, 640)
    around.style.maxInlineSize = '280px'
    expect([around.offsetWidth, element.scrollWidth]).to.deep.equal([280, 280])
    around.remove()
  })

  it('leaves the privacy note out, its sign too, where the page has no words for it', async () => {
    const { element } = await mount()
    expect(element.shadowRoot?.querySelector('[part=privacy]')).not.to.equal(null)
    element.messages = { privacy: '' }
    await until(() => element.shadowRoot?.querySelector('[part=privacy]') === null, 'no note')
  })

  it('shows the page’s own words in its slots', async () => {
    const { element } = await mount('init-error invalid 400')
    element.innerHTML = '<span slot="label">Prove who you are</span><b slot="failed">Call us.</b>'
    const shown = (slot: string) =>
      element.shadowRoot?.querySelector<HTMLSlotElement>(`slot[name="${slot}"]`)?.assignedElements()[0]?.textContent
    expect(shown('label')).to.equal('Prove who you are')
    element.start()
    await until(() => shown('failed') === 'Call us.', 'the other words')
  })
})

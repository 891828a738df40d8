import { expect, fixture, html } from '@open-wc/testing'
import { adoptStyles, nothing, render } from 'lit'
import type { Mode } from '../../../client/widget/frame/mode.ts'
import { renderBox, TEXT_ROOM, TITLE_ROOM } from '../../../client/widget/look/box.ts'
import { renderIntro } from '../../../client/widget/look/intro.ts'
import { describeMoment, type Moment, momentStyles, renderMoment } from '../../../client/widget/look/moments.ts'
import { styles } from '../../../client/widget/look/styles.ts'
import { loadMessages, type Messages } from '../../../client/widget/messages/messages.ts'
import { INITIAL, type State } from '../../../client/widget/phase.ts'
import { STATUSES } from '../../../server/protocol.ts'
import { until } from '../helpers/fake.ts'
import { mount, newUser } from '../helpers/mount.ts'

const TAGS = ['en', 'de', 'es', 'fr', 'it', 'pt', 'hu', 'ar', 'zh']

const LISTENER = { onAction: () => {}, onIntent: () => {} }

/** Every moment that a visitor can see, and every failure there is a text for. */
function describeMoments(messages: Messages): Moment[] {
  const states: State[] = [
    { ...INITIAL, interrupted: true },
    { ...INITIAL, phase: 'open' },
    { ...INITIAL, phase: 'submitted' },
    ...STATUSES.map((status): State => ({ ...INITIAL, phase: 'decided', status })),
  ]
  const failed = describeMoment({ ...INITIAL, phase: 'failed' }, 'fullscreen', messages)
  return [
    ...states.map((state) => describeMoment(state, 'fullscreen', messages)),
    describeMoment({ ...INITIAL, phase: 'open' }, 'popup', messages),
    ...Object.values(messages.failures).map((text) => ({ ...failed, text })),
    describeMoment({ ...INITIAL, phase: 'failed', failure: { code: 'camera_forbidden' } }, 'fullscreen', messages),
    describeMoment({ ...INITIAL, phase: 'open', failure: { code: 'sdk_unknown' } }, 'popup', messages),
  ]
}

function describeLink(messages: Messages): Moment {
  const link = { url: 'https://example.com/verify/ada', code: { size: 1, path: 'M0 0h1v1H0z' } }
  return describeMoment({ ...INITIAL, phase: 'open', link }, 'link', messages)
}

/** One shadow root for each moment, as wide as asked for. */
async function renderMoments(messages: Messages, width: string, mode: Mode = 'fullscreen'): Promise<HTMLElement[]> {
  const contents = [
    ...[false, true].map((starting) => renderIntro(messages, { starting, disabled: false }, LISTENER)),
    ...describeMoments(messages).map((moment) => renderMoment(moment, LISTENER)),
    ...(mode === 'link' ? [renderMoment(describeLink(messages), LISTENER)] : []),
  ]
  const page = await fixture<HTMLElement>(html`<div style="width: ${width}"></div>`)
  return contents.map((content) => {
    const host = page.appendChild(document.createElement('div'))
    const root = host.attachShadow({ mode: 'open' })
    adoptStyles(root, [styles, momentStyles])
    render(html`<div lang=${messages.lang} dir=${messages.dir}>${renderBox(mode, content, false, nothing)}</div>`, root)
    return host
  })
}

function* walkTexts(value: object, path = ''): Generator<[string, string]> {
  for (const [name, text] of Object.entries(value)) {
    if (typeof text === 'string') yield [path + name, text]
    else if (typeof text === 'object' && text) yield* walkTexts(text, `${name}.`)
  }
}

describe('the languages', () => {
  afterEach(() => document.body.removeAttribute('style'))

  // First, as none of the chunks is there yet.
  it('does not move the page when the words arrive', async () => {
    const heights = new Set<number>()
    const texts = new Set<string>()
    const english = await mount(newUser(), { language: 'en' })
    heights.add(english.element.offsetHeight)
    const element = document.createElement('seon-verify')
    element.language = 'de'
    english.element.after(element)
    await element.updateComplete
    const words = await until(() => {
      const text = element.shadowRoot?.querySelector('.view')?.textContent?.trim() ?? ''
      heights.add(element.offsetHeight)
      texts.add(text)
      return text
    }, 'the words')
    expect(words).to.contain('Identität bestätigen')
    expect([heights.size, texts.size], 'nothing, then German').to.deep.equal([1, 2])
  })

  for (const tag of TAGS) {
    it(`says everything in ${tag}, in the room there is`, async () => {
      const [english, messages] = await Promise.all([loadMessages('en'), loadMessages(tag)])
      const originals = new Map(walkTexts(english))
      const texts = new Map(walkTexts(messages))
      expect([...texts.keys()].toSorted()).to.deep.equal([...originals.keys()].toSorted())
      for (const [name, text] of texts) {
        expect(text.trim(), name).to.equal(text)
        expect(text, name).to.not.equal('')
        expect(text.length, `${name}: ${text}`).to.be.at.most(name.endsWith('Title') ? TITLE_ROOM : TEXT_ROOM)
        if (tag !== 'en' && name !== 'dir') expect(text, name).to.not.equal(originals.get(name))
      }
    })

    for (const [width, font] of [
      ['240px', '16px'],
      ['320px', '16px'],
      // Twice as large as usual, WCAG 1.4.4.
      ['640px', '32px'],
      ['900px', '16px'],
    ] as const) {
      it(`takes the same room at every moment in ${tag}, and stays inside (${width}, ${font})`, async () => {
        document.body.style.font = `${font} system-ui, sans-serif`
        const hosts = await renderMoments(await loadMessages(tag), width)
        const heights = new Map(
          hosts.map((host) => [host.shadowRoot?.querySelector('.view')?.textContent, host.offsetHeight]),
        )
        const usual = Math.min(...heights.values())
        expect([...heights].filter(([, height]) => height !== usual)).to.deep.equal([])
        const linked = await renderMoments(await loadMessages(tag), width, 'link')
        expect(new Set(linked.map((host) => host.offsetHeight)).size, 'with a QR code').to.equal(1)
        for (const host of [...hosts, ...linked]) expect(host.scrollWidth).to.be.at.most(host.clientWidth)
      })
    }

    it(`is accessible in ${tag}`, async () => {
      const hosts = await renderMoments(await loadMessages(tag), '320px')
      for (const scheme of ['light', 'dark']) {
        document.body.style.cssText = `color-scheme: ${scheme}; background: Canvas; color: CanvasText`
        await expect(hosts[0]?.parentElement).to.be.accessible()
      }
    }).timeout(30_000)
  }

  it('writes Arabic from right to left, on a page that does not', async () => {
    const { element, button } = await mount(newUser(), { language: 'ar-EG' })
    const view = await until(() => element.shadowRoot?.querySelector<HTMLElement>('[dir=rtl]'), 'Arabic')
    expect(view.lang).to.equal('ar')
    const { left, right } = button().getBoundingClientRect()
    const box = element.getBoundingClientRect()
    expect(box.right - right).to.be.lessThan(left - box.left)
    element.start()
    await until(() => document.querySelector<HTMLElement>('dialog[lang=ar][dir=rtl]')?.dir === 'rtl', 'the dialog')
    element.close()
  })

  it('follows the page that switches its language, until the element has one of its own', async () => {
    const { element, text } = await mount()
    const page = element.parentElement
    if (!page) throw new Error('The element stands nowhere.')
    page.lang = 'fr'
    await until(() => text().includes('Vérifier mon identité'), 'French')
    page.lang = 'hu'
    await until(() => text().includes('Személyazonosság igazolása'), 'Hungarian')
    element.language = 'en'
    await until(() => text().includes('Verify your identity'), 'English')
    element.language = null
    await until(() => text().includes('Személyazonosság igazolása'), 'Hungarian again')
  })

  it('gives way to words of the page’s own, at every moment', async () => {
    const { element, text } = await mount('init-error invalid 400', { language: 'de' })
    element.messages = { start: 'Los geht’s', failures: { details: 'Rufen Sie uns an.' } }
    await until(() => text().includes('Los geht’s') && text().includes('verschlüsselt'), 'the other words')
    element.start()
    await until(() => text().includes('Rufen Sie uns an.') && text().includes('Das hat nicht geklappt'), 'the failure')
    element.messages = { lang: 'he', dir: 'rtl', failedTitle: 'זה לא הצליח' }
    await until(() => text().includes('זה לא הצליח'), 'a language that is not spoken here')
    expect(element.shadowRoot?.querySelector('[lang=he]')?.getAttribute('dir')).to.equal('rtl')
  })
})

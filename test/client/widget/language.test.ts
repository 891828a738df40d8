import { expect, fixture, html } from '@open-wc/testing'
import { resolveLanguage } from '../../../client/widget/messages/language.ts'
import { loadMessages } from '../../../client/widget/messages/messages.ts'
import { toSdkLanguage } from '../../../client/widget/messages/sdk-language.ts'
import { readRequests, until } from '../helpers/fake.ts'
import { mount, newUser } from '../helpers/mount.ts'

describe('the language', () => {
  it('is SEON’s code for it', () => {
    const codes = [
      'en-GB',
      'de',
      'es-419',
      'FR',
      'it-CH',
      'pt-BR',
      'hu',
      'ar-EG',
      'zh-Hans-CN',
      'pt_BR',
      'sv',
      '',
      undefined,
    ]
    expect(codes.map((tag) => toSdkLanguage(tag))).to.deep.equal([
      'en',
      'de',
      'es',
      'fr',
      'it',
      'pt',
      'hu',
      'ae',
      'cn',
      'pt',
      'en',
      'en',
      'en',
    ])
  })

  it('is the element’s own, else the nearest one’s, else the browser’s', async () => {
    const outer = await fixture(html`<div lang="hu"><div><p></p></div></div>`)
    const inner = outer.querySelector('p')
    if (!inner) throw new Error('There is no paragraph.')
    expect(resolveLanguage(inner, 'de')).to.equal('de')
    expect(resolveLanguage(inner, null)).to.equal('hu')
    const host = document.createElement('div')
    inner.append(host)
    const shadowed = host.attachShadow({ mode: 'open' }).appendChild(document.createElement('p'))
    expect(resolveLanguage(shadowed, null), 'out of a shadow root').to.equal('hu')
  })

  const browsers: [tags: string[], resolved: string][] = [
    [['en-GB', 'de'], 'en-GB'],
    [['sv', 'de-CH', 'fr'], 'de-CH'],
    [['zh-Hant-TW'], 'zh-Hant-TW'],
    [['sv', 'fi'], 'sv'],
  ]
  for (const [tags, resolved] of browsers) {
    it(`is ${resolved} in a browser that asks for ${tags.join(', ')}, on a page that does not say`, () => {
      document.documentElement.removeAttribute('lang')
      Object.defineProperty(navigator, 'languages', { configurable: true, value: tags })
      Object.defineProperty(navigator, 'language', { configurable: true, value: tags[0] })
      try {
        expect(resolveLanguage(document.body, null)).to.equal(resolved)
        expect(resolveLanguage(document.body, '')).to.equal(resolved)
      } finally {
        Reflect.deleteProperty(navigator, 'languages')
        Reflect.deleteProperty(navigator, 'language')
      }
    })
  }

  const spoken: [tag: string, lang: string][] = [
    ['en-GB', 'en'],
    ['DE', 'de'],
    ['de-AT', 'de'],
    ['es-419', 'es'],
    ['fr-CA', 'fr'],
    ['it-CH', 'it'],
    ['pt-BR', 'pt'],
    ['pt_PT', 'pt'],
    ['hu', 'hu'],
    ['ar-EG', 'ar'],
    ['zh-Hans-CN', 'zh-Hans'],
    ['zh-TW', 'zh-Hans'],
    ['sv', 'en'],
    ['den', 'en'],
    ['', 'en'],
  ]
  it('has its words by any BCP 47 tag, English where it is not spoken', async () => {
    for (const [tag, lang] of spoken) expect((await loadMessages(tag)).lang, tag).to.equal(lang)
  })

  it('and the theme go to SEON', async () => {
    const userId = newUser()
    const { element, hears } = await mount(userId, { language: 'ar-EG' })
    element.theme = { light: { baseAccent: '#14664a' } }
    element.start()
    const request = await until(async () => {
      const requests = await readRequests('/seon/plain/flow/client-init')
      return requests.find(({ headers }) => headers['authorization'] === `Bearer fake:${userId}`)
    }, 'client-init')
    expect(request.body).to.deep.equal({
      sdkTheme: { light: { baseAccent: '#14664a' } },
      language: 'ae',
      platform: 'WEB',
    })
    element.close()
    await hears('closed')
  })
})

import { expect, fixture, html } from '@open-wc/testing'
import { resolveLanguage } from '../../../client/widget/messages/language.ts'
import { toSdkLanguage } from '../../../client/widget/messages/sdk-language.ts'
import { readRequests, until } from '../helpers/fake.ts'
import { mount, newUser } from '../helpers/mount.ts'

describe('the language', () => {
  it('is SEON’s code for it', () => {
    const codes = ['en-GB', 'de', 'es-419', 'FR', 'it-CH', 'pt-BR', 'hu', 'ar-EG', 'zh-Hans-CN', 'sv', '', undefined]
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
    document.documentElement.removeAttribute('lang')
    expect(resolveLanguage(document.body, null)).to.equal(navigator.language)
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

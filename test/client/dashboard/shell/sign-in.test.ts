import { expect, fixture, html, oneEvent, waitUntil } from '@open-wc/testing'
import '../../../../client/dashboard/elements.ts'
import { messages } from '../../../../client/dashboard/messages.ts'
import type { SignIn } from '../../../../client/dashboard/shell/sign-in.ts'
import { createTestApi, loadTokens } from '../helpers.ts'

const words = messages.signIn

async function open(answer: Parameters<typeof createTestApi>[0]) {
  const { api, asked } = createTestApi(answer)
  const element = await fixture<SignIn>(html`<sv-sign-in .api=${api}></sv-sign-in>`)
  await waitUntil(() => element.renderRoot.querySelector('form'), 'no form')
  const field = element.renderRoot.querySelector<HTMLInputElement>('#token')
  const form = element.renderRoot.querySelector('form')
  if (!field || !form) throw new Error('no form')
  const submit = (token: string) => {
    field.value = token
    form.requestSubmit()
  }
  const readProblem = () => element.renderRoot.querySelector('[role=alert]')?.textContent?.trim() ?? ''
  return { element, field, submit, readProblem, asked }
}

describe('sv-sign-in', () => {
  before(loadTokens)

  it('trades the token for a session and forgets it', async () => {
    const { element, field, submit, asked } = await open(() => ({ status: 204 }))
    const signedIn = oneEvent(element, 'sv-signed-in')
    submit('  an invented token ')
    await signedIn
    expect(asked).to.deep.equal(['GET /api/session/ways', 'POST /api/session'])
    expect(field.value).to.equal('')
  })

  const problems: [name: string, answer: ReturnType<Parameters<typeof createTestApi>[0]>, words: string][] = [
    ['a wrong token', { status: 401, body: { error: 'unauthorized' } }, words.wrong],
    ['too many attempts', { status: 429, body: {}, headers: { 'retry-after': '42' } }, words.wait(42)],
    [
      'too many attempts for long',
      { status: 429, body: {}, headers: { 'retry-after': '900' } },
      'Too many attempts. Try again in 15 minutes.',
    ],
    ['too many attempts without a time', { status: 429, body: {} }, words.wait(null)],
    ['a broken server', { status: 500, body: {} }, messages.failures.server],
  ]
  for (const [name, answer, expected] of problems) {
    it(`says what to do about ${name}`, async () => {
      const { field, submit, readProblem } = await open(() => answer)
      submit('nonsense')
      await waitUntil(() => readProblem() !== '')
      expect(readProblem()).to.equal(expected)
      expect(field.getAttribute('aria-invalid')).to.equal('true')
      field.dispatchEvent(new InputEvent('input'))
      await waitUntil(() => readProblem() === '')
    })
  }

  it('says so when the server does not answer', async () => {
    const { submit, readProblem } = await open(() => {
      throw new TypeError('Failed to fetch')
    })
    submit('nonsense')
    await waitUntil(() => readProblem() !== '')
    expect(readProblem()).to.equal(messages.failures.offline)
  })

  it('asks for a token before it asks the server', async () => {
    const { submit, readProblem, asked } = await open(() => ({ status: 204 }))
    submit('   ')
    await waitUntil(() => readProblem() !== '')
    expect(readProblem()).to.equal(words.empty)
    expect(asked).to.deep.equal(['GET /api/session/ways'])
  })

  it('shows and hides what was typed, and begins with the field', async () => {
    const { element, field } = await open(() => ({ status: 204 }))
    expect(element.shadowRoot?.activeElement === field).to.equal(true)
    const eye = element.renderRoot.querySelector<HTMLButtonElement>('button[aria-pressed]')
    eye?.click()
    await element.updateComplete
    expect(field.type).to.equal('text')
    expect(eye?.getAttribute('aria-pressed')).to.equal('true')
  })

  it('leads to the OpenID provider where there is one, and keeps the token at hand', async () => {
    const { api } = createTestApi(() => ({ body: { provider: 'accounts.example.com' } }))
    const element = await fixture<SignIn>(html`<sv-sign-in .api=${api} .failure=${'refused'}></sv-sign-in>`)
    await waitUntil(() => element.renderRoot.querySelector('.provider'), 'no provider')
    const link = element.renderRoot.querySelector<HTMLAnchorElement>('.provider')
    expect(link?.textContent).to.equal('Sign in with accounts.example.com')
    expect(link?.pathname).to.equal('/api/session/oidc')
    expect(element.renderRoot.querySelector('[role=alert]')?.textContent).to.equal(words.failures.refused)
    expect(element.renderRoot.querySelector('details')?.open).to.equal(false)
    expect(element.renderRoot.querySelector('details #token')).to.not.equal(null)
    await expect(element).to.be.accessible()
  })

  it('is accessible', async () => {
    const { element } = await open(() => ({ status: 204 }))
    await expect(element).to.be.accessible()
  })
})

import { expect } from '@open-wc/testing'
import { VerifyError } from '../../../client/widget/failure.ts'
import { type InitCall, requestInit } from '../../../client/widget/init-client.ts'
import { ERROR_CODES } from '../../../server/protocol.ts'
import { seonUrl, serverUrl } from '../helpers/fake.ts'

function ask(userId: string, changes: Partial<InitCall> = {}): Promise<unknown> {
  const { signal } = new AbortController()
  const call = { server: serverUrl, body: { userId }, idempotencyKey: 'k', signal, ...changes }
  return requestInit(call).catch((error: unknown) => (error instanceof VerifyError ? error.failure.code : error))
}

const userToken = 'header.claims.signature'

describe('requestInit', () => {
  it('answers the tokens, and the sandbox where the server names one', async () => {
    expect(await ask('plain 1')).to.deep.equal({
      token: 'fake:plain 1',
      statusToken: 'status plain 1',
      sandboxUrl: seonUrl('plain'),
    })
  })

  for (const code of ERROR_CODES) {
    it(`makes init_${code} of the server’s ${code}`, async () => {
      expect(await ask(`init-error ${code} 400`, { userToken })).to.equal(`init_${code}`)
    })
  }

  it('says of a token that was not given that it is missing, not that it has run out', async () => {
    expect(await ask('init-error user_token_invalid 401')).to.equal('user_token_missing')
  })

  it('passes on which fields are wrong', async () => {
    const { signal } = new AbortController()
    const call = { server: serverUrl, body: { userId: 'init-fields' }, idempotencyKey: 'k', signal }
    const failure = await requestInit(call).catch((error: unknown) => error instanceof VerifyError && error.failure)
    expect(failure).to.deep.equal({ code: 'init_invalid', fields: { phoneNumber: 'not_a_number' } })
  })

  for (const [answer, what] of [
    ['init-error nonsense 500', 'a code that is none of ours'],
    ['init-garbage', 'what is no answer of ours'],
    ['init-html', 'a page'],
    ['init-half', 'tokens that are missing'],
  ] as const) {
    it(`makes init_bad_answer of ${what}`, async () => {
      expect(await ask(answer)).to.equal('init_bad_answer')
    })
  }

  it('gives up in time', async () => {
    expect(await ask('hang-init', { limit: 50 })).to.equal('start_timeout')
  })

  it('says `network` when nobody answers', async () => {
    expect(await ask('plain', { server: 'http://127.0.0.1:1' })).to.equal('network')
  })

  it('can be given up', async () => {
    const aborter = new AbortController()
    const answer = ask('hang-init', { signal: aborter.signal })
    aborter.abort()
    expect(await answer).to.equal('network')
  })
})

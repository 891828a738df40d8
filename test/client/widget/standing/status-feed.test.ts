import { expect } from '@open-wc/testing'
import { subscribeToStatus } from '../../../../client/widget/standing/status-feed.ts'
import { serverUrl, setStatus, until } from '../../helpers/fake.ts'
import { newUser } from '../../helpers/mount.ts'

function follow(userId: string) {
  const heard: string[] = []
  let refused = false
  const stop = subscribeToStatus(serverUrl, `status ${userId}`, {
    status: ({ status, revision }) => void heard.push(`${status} ${revision}`),
    refused: () => {
      refused = true
    },
  })
  return { heard, stop, isRefused: () => refused }
}

describe('subscribeToStatus', () => {
  it('tells each change, and never an older one after a newer', async () => {
    const userId = newUser()
    await setStatus(userId, 'started', 5)
    const { heard, stop } = follow(userId)
    await until(() => heard.length === 1, 'the first')
    await setStatus(userId, 'approved', 9)
    await setStatus(userId, 'submitted', 7)
    await setStatus(userId, 'declined', 10)
    await until(() => heard.includes('declined 10'), 'the last')
    expect(heard).to.deep.equal(['started 5', 'approved 9', 'declined 10'])
    stop()
  })

  it('hears nothing of others, and no word that it does not know', async () => {
    const userId = newUser()
    const { heard, stop } = follow(userId)
    await setStatus(newUser(), 'approved', 1)
    await setStatus(userId, 'certified', 2)
    await setStatus(userId, 'review', 3)
    await until(() => heard.length > 0, 'something')
    expect(heard).to.deep.equal(['review 3'])
    stop()
  })

  it('is silent once it was stopped, even before it was there', async () => {
    const userId = newUser()
    await setStatus(userId, 'approved', 1)
    const early = follow(userId)
    early.stop()
    const other = follow(userId)
    await until(() => other.heard.length > 0, 'the other')
    expect(early.heard).to.deep.equal([])
    other.stop()
  })

  it('says when the token is not known (any more)', async () => {
    const { heard, isRefused } = follow(newUser('forgotten'))
    await until(isRefused, 'the refusal')
    expect(heard).to.deep.equal([])
  })

  it('comes back when the connection was cut', async () => {
    const userId = newUser()
    await setStatus(userId, 'started', 1)
    const { heard, stop } = follow(userId)
    await until(() => heard.length === 1, 'the first')
    await fetch(`${serverUrl.replace(/\/verify$/, '')}/cut`, { method: 'POST' })
    await setStatus(userId, 'approved', 2)
    await until(() => heard.includes('approved 2'), 'what was missed')
    stop()
  })
})

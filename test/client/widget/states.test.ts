import { expect } from '@open-wc/testing'
import { showStates } from '../../../client/widget/form/custom-states.ts'
import { keepStatusToken } from '../../../client/widget/standing/status-token-store.ts'
import { serverUrl, setStatus, until } from '../helpers/fake.ts'
import { mount, newUser } from '../helpers/mount.ts'

describe('how style sheets see <seon-verify>', () => {
  it('has a state for its phase and one for its status', async () => {
    const userId = newUser()
    keepStatusToken({ server: serverUrl, userId }, `status ${userId}`)
    const { element } = await mount(userId)
    expect(element.matches(':state(phase-idle)')).to.equal(true)
    await setStatus(userId, 'approved', 1)
    await until(() => element.matches(':state(phase-decided):state(status-approved)'), 'both states')
    expect(element.matches(':state(phase-idle)')).to.equal(false)
    await setStatus(userId, 'declined', 2)
    await until(() => element.matches(':state(status-declined):not(:state(status-approved))'), 'the other status')
  })

  it('has them as words of an attribute where the browser knows no states', () => {
    const host = document.createElement('div')
    showStates(host, null, ['phase-decided', 'status-approved'])
    expect(host.matches('[state~=status-approved]')).to.equal(true)
    showStates(host, null, ['phase-idle'])
    expect(host.getAttribute('state')).to.equal('phase-idle')
  })

  it('reflects what is no secret, and nothing else', async () => {
    const { element } = await mount()
    expect(element.hasAttribute('mode'), 'a default is no attribute').to.equal(false)
    Object.assign(element, { mode: 'inline', language: 'de', workflow: 'kyc', name: 'proof', required: true })
    Object.assign(element, { userToken: 'a.b.c', email: 'ada@example.com', phoneNumber: '+1' })
    await element.updateComplete
    const names = element.getAttributeNames()
    expect(names).to.include.members(['mode', 'language', 'workflow', 'name', 'required'])
    expect(names).not.to.include.members(['user-token', 'email', 'phone-number'])
    element.setAttribute('mode', 'popup')
    element.removeAttribute('required')
    expect([element.mode, element.required]).to.deep.equal(['popup', false])
  })
})

import { DiditSdk } from '@didit-protocol/sdk-web'

document.querySelector('button').addEventListener('click', () => {
  void DiditSdk.shared.startVerification({ url: 'https://verify.didit.me/session/of-nobody' })
})
window.isUsable = () => true

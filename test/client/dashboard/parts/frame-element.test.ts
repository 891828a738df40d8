import { expect } from '@open-wc/testing'
import { html } from 'lit'
import { FrameElement } from '../../../../client/dashboard/parts/frame-element.ts'

let drawn = 0

class Counting extends FrameElement {
  protected override render() {
    drawn += 1
    return html``
  }
}
customElements.define('x-counting', Counting)

/** All that a drawing awaits; a task comes after every promise that is settled by then. */
function whenAwaited(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port2.addEventListener('message', () => resolve(), { once: true })
    port2.start()
    port1.postMessage(null)
  })
}

describe('FrameElement', () => {
  const askBrowser = window.requestAnimationFrame.bind(window)
  let asked: FrameRequestCallback[] = []

  /** A frame that begins at `now`, ms. */
  async function frame(now: number): Promise<void> {
    const callbacks = asked
    asked = []
    for (const callback of callbacks) callback(now)
    await whenAwaited()
  }

  async function mount(): Promise<Counting> {
    const element = new Counting()
    document.body.append(element)
    await whenAwaited()
    return element
  }

  beforeEach(() => {
    drawn = 0
    asked = []
    window.requestAnimationFrame = (callback) => asked.push(callback)
  })
  afterEach(() => {
    window.requestAnimationFrame = askBrowser
    document.querySelector('x-counting')?.remove()
  })

  it('is drawn in every frame that a change comes before, and once in it', async () => {
    const element = await mount()
    for (const now of [0, 16, 32, 48]) {
      element.requestUpdate()
      element.requestUpdate()
      await whenAwaited()
      await frame(now)
    }
    expect(drawn).to.equal(4)
    await frame(64)
    expect(drawn).to.equal(4)
  })

  it('leaves the page alone after a slow frame for as long as that took, and no longer', async () => {
    const element = await mount()
    await frame(0)
    element.requestUpdate()
    await whenAwaited()
    await frame(60)
    expect(drawn, 'at once after a slow frame').to.equal(1)
    await new Promise((resolve) => {
      window.requestAnimationFrame = (callback) => {
        resolve(null)
        return asked.push(callback)
      }
    })
    await frame(120)
    expect(drawn, 'when it has rested').to.equal(2)
    await frame(136)
    element.requestUpdate()
    await whenAwaited()
    await frame(5000)
    expect(drawn, 'after a quiet moment').to.equal(3)
  })
})

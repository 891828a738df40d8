import { expect } from '@open-wc/testing'
import { createDialogStage } from '../../../client/widget/frame/dialog-stage.ts'
import type { Stage } from '../../../client/widget/frame/stage.ts'
import { en } from '../../../client/widget/messages/en.ts'

let exits = 0
let stage: Stage

function show(): HTMLDialogElement {
  stage = createDialogStage(en, () => {
    exits += 1
  })
  const frame = document.createElement('iframe')
  frame.style.cssText = 'width: 100%; height: 100%'
  frame.srcdoc = '<!doctype html><html lang="en"><title>Flow</title><p>Flow</p></html>'
  stage.container.append(frame)
  stage.show(frame)
  const dialog = stage.container.closest('dialog')
  if (!dialog) throw new Error('There is no dialog.')
  return dialog
}

describe('createDialogStage', () => {
  afterEach(() => {
    stage.remove()
    expect(document.querySelector('dialog')).to.equal(null)
    expect(document.documentElement.style.overflow).to.equal('')
  })

  it('gives a way out of a frame that stays silent, until it speaks', async () => {
    const dialog = show()
    const button = dialog.querySelector('button')
    expect(button).to.equal(null)
    stage.offerExit('slow')
    const exit = dialog.querySelector('[role=status]')
    await expect(exit).to.be.accessible()
    expect(exit?.textContent).to.equal('This takes longer than usual. Close')
    const frame = dialog.querySelector('iframe')
    expect(frame?.offsetHeight).to.be.greaterThan(innerHeight / 2)
    expect(frame?.getBoundingClientRect().bottom, 'nothing of the frame is covered').to.be.at.most(
      exit?.getBoundingClientRect().top ?? 0,
    )
    exits = 0
    dialog.querySelector('button')?.click()
    expect(exits).to.equal(1)
    stage.offerExit('wrong')
    expect(exit?.textContent).to.equal('Something went wrong. Please start again. Close')
    stage.withdrawExit()
    expect(dialog.querySelector('button')?.offsetParent).to.equal(null)
  })

  it('stands up to the page’s style sheet', () => {
    const style = document.createElement('style')
    style.textContent =
      'dialog, dialog * { display: none !important; width: 10px !important; position: static !important }'
    document.head.append(style)
    const dialog = show()
    const { width, height } = stage.container.querySelector('iframe')?.getBoundingClientRect() ?? new DOMRect()
    expect([width, height]).to.deep.equal([innerWidth, innerHeight])
    expect(dialog.getBoundingClientRect().width).to.equal(innerWidth)
    style.remove()
  })

  for (const styles of [
    'overflow-y: scroll',
    'overflow-x: clip !important; color: red',
    'overflow: hidden auto !important; scrollbar-gutter: stable both-edges',
    'overflow: hidden',
    '--bars: scroll; overflow: var(--bars)',
  ]) {
    it(`gives back the page’s own styles: ${styles}`, () => {
      const { style } = document.documentElement
      style.cssText = styles
      const own = style.cssText
      show()
      expect(getComputedStyle(document.documentElement).overflow).to.equal('hidden')
      stage.remove()
      const then = style.cssText
      style.cssText = ''
      expect(then).to.equal(own)
    })
  }

  it('leaves alone what the page does about its scrolling meanwhile', () => {
    const { style } = document.documentElement
    style.overflow = 'hidden'
    show()
    style.overflow = ''
    stage.remove()
    expect(style.overflow).to.equal('')
  })

  it('fills the window in browsers without modal dialogs too', () => {
    const showModal = Object.getOwnPropertyDescriptor(HTMLDialogElement.prototype, 'showModal')
    Reflect.deleteProperty(HTMLDialogElement.prototype, 'showModal')
    try {
      const dialog = show()
      const { width, height } = dialog.getBoundingClientRect()
      expect([dialog.open, width, height]).to.deep.equal([false, innerWidth, innerHeight])
      expect(document.activeElement).to.equal(stage.container.querySelector('iframe'))
    } finally {
      if (showModal) Object.defineProperty(HTMLDialogElement.prototype, 'showModal', showModal)
    }
  })
})

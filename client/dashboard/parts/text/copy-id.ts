import { css, LitElement } from 'lit'
import { base } from '../../styles/base.ts'
import { Copier } from './copier.ts'
import { idStyles, renderId } from './render-id.ts'

/** An id that stands alone; rows of a list draw theirs themselves. */
export class CopyId extends LitElement {
  static override properties = { value: {}, whole: { type: Boolean } }
  static override styles = [
    base,
    idStyles,
    css`
      :host {
        display: inline-block;
        max-inline-size: 100%;
        min-inline-size: 0;
        /* The button's own padding stands outside, so that ids line up with the text around them. */
        margin-inline-start: -6px;
      }
    `,
  ]
  declare value: string
  declare whole: boolean
  readonly #copier = new Copier(this)

  constructor() {
    super()
    this.value = ''
    this.whole = false
  }

  protected override render() {
    return renderId(this.value, this.#copier, { whole: this.whole })
  }
}

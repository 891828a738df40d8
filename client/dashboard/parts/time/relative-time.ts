import { css, LitElement } from 'lit'
import { base } from '../../styles/base.ts'
import { ClockController } from './clock.ts'
import { renderTime, timeStyles } from './render-time.ts'

/** A moment that stands alone; rows of a list draw theirs themselves. */
export class RelativeTime extends LitElement {
  static override properties = {
    datetime: {},
    clock: { type: Boolean },
    reachable: { type: Boolean },
  }
  static override styles = [
    base,
    timeStyles,
    css`
      :host {
        display: inline-block;
      }
    `,
  ]
  declare datetime: string
  declare clock: boolean
  declare reachable: boolean

  constructor() {
    super()
    this.datetime = ''
    this.clock = false
    this.reachable = false
    this.addController(new ClockController(this))
  }

  protected override render() {
    return renderTime(this.datetime, this)
  }
}

import { adoptStyles, type LitElement, nothing, type TemplateResult } from 'lit'
import type { Mode } from '../frame/mode.ts'
import { getIntroMessages, type IntroMessages, loadMessages, type Messages } from '../messages/messages.ts'
import type { State } from '../phase.ts'
import { type ActionListener, renderActions } from './action.ts'
import { renderBox } from './box.ts'
import { renderIntro } from './intro.ts'
import { styles } from './styles.ts'

export interface Scene {
  state: State
  mode: Mode
  disabled: boolean
  /** A reload: the server is about to say how things stand, so nothing is offered yet. */
  restoring: boolean
  listener: ActionListener
}

/** What the element looks like in one language. Only what shows before a click is loaded with the element. */
export class Appearance {
  declare private readonly host: LitElement
  declare private tag: string
  declare private intro: IntroMessages | null
  declare private later: { look: typeof import('./moments.ts'); messages: Messages } | null
  declare private loading: Promise<void> | null

  constructor(host: LitElement) {
    this.host = host
    this.tag = ''
    this.intro = null
    this.later = null
    this.loading = null
  }

  /** For a BCP 47 tag. */
  speak(tag: string): void {
    if (tag === this.tag) return
    this.tag = tag
    this.intro = getIntroMessages(tag)
    const wasLoaded = this.loading !== null
    this.later = null
    this.loading = null
    if (wasLoaded || !this.intro) this.load()
  }

  /** Fetches what shows after a click. Without it, as when the network is gone, the button stays. */
  load(): void {
    this.loading ??= this.fetchLater(this.tag).catch(() => {
      this.loading = null
    })
  }

  private async fetchLater(tag: string): Promise<void> {
    const [look, messages] = await Promise.all([import('./moments.ts'), loadMessages(tag)])
    if (tag !== this.tag) return
    this.later = { look, messages }
    this.intro = messages
    const { renderRoot } = this.host
    if (renderRoot instanceof ShadowRoot) adoptStyles(renderRoot, [styles, look.momentStyles])
    this.host.requestUpdate()
  }

  render({ state, mode, disabled, restoring, listener }: Scene): TemplateResult {
    const { phase, status, interrupted, loaded } = state
    const begun = phase !== 'starting' && (phase !== 'idle' || status !== null || interrupted)
    const open = phase === 'open'
    const { later, intro } = this
    if (restoring || !intro) return renderBox(mode, nothing, open, nothing)
    if (!begun || !later) {
      const starting = phase === 'starting' || open
      return renderBox(mode, renderIntro(intro, { starting, disabled }, listener), open, nothing)
    }
    const moment = later.look.describeMoment(state, mode, later.messages)
    if (!open || mode !== 'inline') return renderBox(mode, later.look.renderMoment(moment, listener), open, nothing)
    const skeleton = loaded ? nothing : later.look.renderSkeleton(later.messages)
    return renderBox(mode, skeleton, open, renderActions(moment.actions, listener))
  }
}

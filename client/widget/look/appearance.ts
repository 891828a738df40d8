import { adoptStyles, html, type LitElement, nothing, type ReactiveController, type TemplateResult } from 'lit'
import type { Mode } from '../frame/mode.ts'
import { enIntro } from '../messages/en-intro.ts'
import { resolveLanguage, watchLanguage } from '../messages/language.ts'
import {
  applyOwnMessages,
  getIntroMessages,
  type IntroMessages,
  loadMessages,
  type Messages,
  type OwnMessages,
} from '../messages/messages.ts'
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

/** The element, as far as it says in which words it is shown. */
export interface Speaker extends LitElement {
  language: string | null
  messages: OwnMessages
}

/** What the element looks like, in the language of its page. Only what shows before a click is loaded with the element. */
export class Appearance implements ReactiveController {
  declare private readonly host: Speaker
  declare private tag: string
  declare private own: OwnMessages | null
  /** Null until the words of the page's language are there: English in their place would only flash by. */
  declare private intro: IntroMessages | null
  declare private later: { look: typeof import('./moments.ts'); messages: Messages } | null
  declare private loading: Promise<void> | null
  /** What shows after a click may be needed soon. */
  declare private wanted: boolean
  declare private unwatch: (() => void) | null

  constructor(host: Speaker) {
    this.host = host
    this.tag = ''
    this.own = null
    this.intro = null
    this.later = null
    this.loading = null
    this.wanted = false
    this.unwatch = null
    host.addController(this)
  }

  hostConnected(): void {
    const update = () => this.host.requestUpdate()
    this.unwatch = watchLanguage(this.host, update)
    update()
  }

  hostDisconnected(): void {
    this.unwatch?.()
  }

  /** What is shown in the language before stays until that of the new one is there. */
  hostUpdate(): void {
    const tag = resolveLanguage(this.host, this.host.language)
    const own = this.host.messages
    if (tag === this.tag && own === this.own) return
    this.tag = tag
    this.own = own
    this.loading = null
    const intro = getIntroMessages(tag)
    if (intro) this.intro = { ...intro, ...own }
    else void this.fetchIntro(tag)
    if (this.wanted) this.load()
  }

  /** Fetches what shows after a click. Without it, as when the network is gone, the button stays. */
  load(): void {
    this.wanted = true
    if (!this.tag) return
    this.loading ??= this.fetchLater(this.tag).catch(() => {
      this.loading = null
    })
  }

  /** Why a form cannot be sent yet; a language that is still being loaded has no words for it. */
  explainMissing({ phase, status }: State): string {
    const waiting = phase === 'submitted' || status === 'review' || status === 'approved'
    return (waiting && this.later?.messages.pending) || this.intro?.required || '…'
  }

  private async fetchIntro(tag: string): Promise<void> {
    const intro: IntroMessages = await loadMessages(tag).catch(() => enIntro)
    if (tag !== this.tag) return
    this.intro = { ...intro, ...this.own }
    this.host.requestUpdate()
  }

  private async fetchLater(tag: string): Promise<void> {
    const [look, messages] = await Promise.all([import('./moments.ts'), loadMessages(tag)])
    if (tag !== this.tag) return
    this.later = { look, messages: applyOwnMessages(messages, this.own ?? {}) }
    this.intro = this.later.messages
    const { renderRoot } = this.host
    if (renderRoot instanceof ShadowRoot) adoptStyles(renderRoot, [styles, look.momentStyles])
    this.host.requestUpdate()
  }

  render(scene: Scene): TemplateResult {
    const { lang, dir } = this.intro ?? { lang: nothing, dir: nothing }
    return html`<div lang=${lang} dir=${dir}>${this.renderScene(scene)}</div>`
  }

  private renderScene({ state, mode, disabled, restoring, listener }: Scene): TemplateResult {
    const { phase, status, interrupted, loaded } = state
    const begun = phase !== 'starting' && (phase !== 'idle' || status !== null || interrupted)
    const open = phase === 'open'
    const { later, intro } = this
    if (restoring || !intro) return renderBox(mode, nothing, open, nothing)
    if (begun) this.load()
    if (!begun || !later) {
      const starting = phase === 'starting' || open
      return renderBox(mode, renderIntro(intro, { starting, disabled }, listener), open, nothing)
    }
    const moment = later.look.describeMoment(state, mode, later.messages)
    if (!open || mode !== 'inline' || state.link)
      return renderBox(mode, later.look.renderMoment(moment, listener), open, nothing)
    const skeleton = loaded ? nothing : later.look.renderSkeleton(later.messages)
    return renderBox(mode, skeleton, open, renderActions(moment.actions, listener))
  }
}

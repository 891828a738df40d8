import { adoptStyles, html, type LitElement, nothing, type TemplateResult } from 'lit'
import type { Mode } from '../frame/mode.ts'
import { insist } from '../insist.ts'
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
import type { ActionListener } from './action.ts'
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

export interface Appearance {
  /** Fetches what shows after a click. Without it, as when the network is gone, the button stays. */
  load(): void
  /** Why a form cannot be sent yet; a language that is still being loaded has no words for it. */
  explainMissing(state: State): string
  render(scene: Scene): TemplateResult
}

/** What the element looks like, in the language of its page. Only what shows before a click is loaded with the element. */
export function createAppearance(host: Speaker): Appearance {
  let tag = ''
  let own: OwnMessages = {}
  /** Null until the words of the page's language are there: English in their place would only flash by. */
  let intro: IntroMessages | null = null
  let later: { look: typeof import('./moments.ts'); messages: Messages } | null = null
  let loading: Promise<void> | null = null
  /** What shows after a click may be needed soon. */
  let wanted = false
  let unwatch: (() => void) | undefined
  const update = () => host.requestUpdate()

  const fetchIntro = async (asked: string) => {
    const fetched: IntroMessages = await loadMessages(asked).catch(() => enIntro)
    if (asked !== tag) return
    intro = { ...fetched, ...own }
    update()
  }

  const fetchLater = async (asked: string) => {
    const [look, messages] = await Promise.all([import('./moments.ts'), loadMessages(asked)])
    if (asked !== tag) return
    const words = applyOwnMessages(messages, own)
    intro = words
    later = { look, messages: words }
    const { renderRoot } = host
    if (renderRoot instanceof ShadowRoot) adoptStyles(renderRoot, [styles, look.momentStyles])
    update()
  }

  const load = () => {
    wanted = true
    if (!tag) return
    loading ??= insist(() => fetchLater(tag)).catch(() => {
      loading = null
    })
  }

  host.addController({
    hostConnected() {
      unwatch = watchLanguage(host, update)
      update()
    },
    hostDisconnected: () => unwatch?.(),
    /** What is shown in the language before stays until that of the new one is there. */
    hostUpdate() {
      const { language, messages } = host
      const spoken = resolveLanguage(host, language)
      if (spoken === tag && messages === own) return
      tag = spoken
      own = messages
      loading = null
      const known = getIntroMessages(tag)
      if (known) intro = { ...known, ...own }
      else void fetchIntro(tag)
      if (wanted) load()
    },
  })

  const renderScene = ({ state, mode, disabled, restoring, listener }: Scene) => {
    const { phase, status, interrupted } = state
    const begun = phase !== 'starting' && (phase !== 'idle' || status !== null || interrupted)
    const open = phase === 'open'
    if (restoring || !intro) return renderBox(mode, nothing, open, nothing)
    if (begun) load()
    if (begun && later) return later.look.renderLater(state, mode, later.messages, listener)
    const starting = phase === 'starting' || open
    return renderBox(mode, renderIntro(intro, { starting, disabled }, listener), open, nothing)
  }

  return {
    load,
    explainMissing({ phase, status }) {
      const isWaiting = phase === 'submitted' || status === 'review'
      const word = status === 'approved' ? 'receiptPending' : isWaiting && 'pending'
      return (word && later?.messages[word]) || intro?.required || '…'
    },
    render(scene) {
      const { lang, dir } = intro ?? { lang: nothing, dir: nothing }
      return html`<div lang=${lang} dir=${dir}>${renderScene(scene)}</div>`
    },
  }
}

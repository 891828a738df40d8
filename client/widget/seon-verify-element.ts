import type { ThemeConfiguration } from '@seontechnologies/seon-orchestration'
import type { Status } from '../../server/protocol.ts'
import { type Attempt, type AttemptEvent, beginAttempt, prepareAttempt } from './attempt.ts'
import type { EventName, SeonVerifyDetails } from './events.ts'
import { FormControl } from './form/form-control.ts'
import type { Proof } from './form/receipt-keeper.ts'
import { type Mode, resolveMode } from './frame/mode.ts'
import type { Action } from './look/action.ts'
import { type Appearance, createAppearance } from './look/appearance.ts'
import { styles } from './look/styles.ts'
import { resolveLanguage } from './messages/language.ts'
import type { OwnMessages } from './messages/messages.ts'
import { applyChange, type Change, INITIAL, type Phase, type State } from './phase.ts'
import { PROPERTIES } from './properties.ts'
import { readText } from './read-text.ts'
import { readSubject } from './standing/read-subject.ts'
import { createStanding, type Standing } from './standing/standing.ts'
import type { StatusTokenKey } from './standing/status-token-store.ts'

/**
 * Identity verification by SEON, on any page. Its `status` is what the server knows from SEON's signed webhooks; its
 * events say what the visitor's browser sees, which proves nothing.
 * Every attribute, event, slot, part, state and custom property is described in `client/tools/vocabulary.ts`.
 */
export class SeonVerifyElement extends FormControl {
  /** Where the script came from; `seon-verify.ts` knows. */
  declare static defaultServer: string

  static override get styles() {
    return styles
  }

  static override get properties() {
    return PROPERTIES
  }

  declare server: string | null
  declare userId: string | null
  declare userToken: string | null
  declare email: string | null
  declare phoneNumber: string | null
  declare workflow: string | null
  declare mode: Mode
  declare language: string | null
  /** Words of the page's own instead of ours; a slot takes markup too. */
  declare messages: OwnMessages

  /** More of SEON's input fields, by their camelCase or snake_case names. */
  declare inputs: Record<string, unknown>
  /** SEON's theme for its own page. */
  declare theme: ThemeConfiguration | undefined
  /** Asked for a fresh user token before each start; it wins over `user-token`. */
  declare getUserToken: (() => Promise<string>) | undefined

  declare private current: State
  declare private readonly appearance: Appearance
  declare private readonly standing: Standing
  declare private attempt: Attempt | null
  /** Nothing but its room, so far. */
  declare private undrawn: boolean | undefined
  /** Begins what was asked for while the attempt before was being closed. */
  declare private beginNext: (() => void) | null

  constructor() {
    super()
    this.mode = 'fullscreen'
    this.inputs = {}
    this.messages = {}
    this.current = INITIAL
    this.attempt = null
    this.beginNext = null
    this.appearance = createAppearance(this)
    this.standing = createStanding(this, {
      readKey: () => this.readKey(),
      readUserToken: () => this.readUserToken(),
      isBusy: () => this.attempt?.signal.aborted === false,
      expect: () => this.appearance.load(),
      hear: (status, final) => this.hear(status, final),
      leave: () => this.forget(),
    })
  }

  /** The authoritative status, null until there is one. */
  get status(): Status | null {
    return this.current.status
  }

  get phase(): Phase {
    return this.current.phase
  }

  /** Begins unless something is open already. Call it in a click where `mode` is `popup`. What comes of it, events say. */
  start(): void {
    this.begin(resolveMode(this.mode))
  }

  private begin(mode: Mode, anyway = false): void {
    this.settle()
    if (this.isDisabled) return
    if (this.attempt) {
      // It has the page until it is over.
      if (this.attempt.signal.aborted) this.beginNext = () => this.begin(mode, anyway)
      return
    }
    this.standing.overtake()
    this.apply({ type: 'start' })
    this.prepare()
    this.attempt = beginAttempt(
      {
        server: this.readKey().server,
        readUserToken: () => this.readUserToken(),
        mode,
        anyway,
        language: resolveLanguage(this, this.language),
        host: this,
      },
      (event) => this.handle(event),
    )
  }

  /** Takes SEON's page away, wherever the visitor is in it. */
  close(): void {
    this.beginNext = null
    this.attempt?.close()
  }

  /** Forgets this verification, for a new one or for somebody else. Its result is still told to the server. */
  reset(): void {
    this.settle()
    this.forget()
  }

  /**
   * What is there while the page is being read takes its room at once, and is drawn in the next frame, before anything is painted:
   * the browser first lays out the page that it has just read, and one task for both would be a long one on a slow phone.
   */
  protected override async scheduleUpdate(): Promise<unknown> {
    if (!this.hasUpdated && document.readyState === 'interactive' && !document.hidden) {
      this.undrawn = true
      this.performUpdate()
      await new Promise(requestAnimationFrame)
      this.undrawn = false
      this.requestUpdate()
    }
    return super.scheduleUpdate()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    // A frame that is moved loads anew and SEON's SDK no longer hears it; a dialog or window stays where it is.
    if (this.attempt?.isInline) this.close()
    queueMicrotask(() => {
      if (!this.isConnected) this.close()
    })
  }

  /** A page may set a user and start in one breath; what a new user changes must come first. */
  private settle(): void {
    if (this.isUpdatePending) this.performUpdate()
  }

  private async readUserToken(): Promise<string | undefined> {
    return this.getUserToken?.() ?? this.userToken ?? undefined
  }

  private hear(status: Status, final: boolean): void {
    const isNews = status !== this.status
    if (isNews || final) this.apply({ type: 'status', status, final })
    if (isNews) this.emit('status', { status })
  }

  protected override render() {
    return this.appearance.render({
      state: this.current,
      // A page may ask for another mode while a frame stands in it.
      mode: this.attempt?.isInline ? 'inline' : resolveMode(this.mode),
      disabled: this.isDisabled,
      restoring: this.undrawn || this.standing.restoring,
      listener: {
        onAction: (name) => this.handleAction(name),
        onIntent: () => this.prepare(),
      },
    })
  }

  protected override readProof(): Proof | null {
    return this.status === 'approved' ? this.standing.proof : null
  }

  protected override explainMissing(): string {
    return this.appearance.explainMissing(this.current)
  }

  protected override resetAttempt(): void {
    this.close()
    this.apply({ type: 'cleared' })
  }

  protected override listStates(): string[] {
    const { phase, status } = this
    return [`phase-${phase}`, ...(status ? [`status-${status}`] : [])]
  }

  protected override describeState(): string | null {
    return this.standing.describe()
  }

  protected override restoreState(state: string): void {
    this.standing.recall(state)
  }

  private readKey(): StatusTokenKey {
    const { href } = new URL(this.server ?? SeonVerifyElement.defaultServer, document.baseURI)
    return { server: href.replace(/\/+$/, ''), userId: readText(this.userId) || readSubject(this.userToken) }
  }

  private handleAction(name: Action['name']): void {
    if (name === 'start') this.start()
    if (name === 'startLink') this.begin('link')
    if (name === 'startAnyway') this.begin(resolveMode(this.mode), true)
    if (name === 'close') this.close()
    if (name === 'showWindow') this.attempt?.showWindow()
  }

  private handle(event: AttemptEvent): void {
    this.apply(event)
    switch (event.type) {
      case 'ready':
        this.standing.take(event.statusToken, event.about)
        break
      case 'opened':
      case 'started':
      case 'cancelled':
        // Not before SEON's page is there: loading Socket.IO must not hold it up.
        this.standing.follow()
        this.emit(event.type, null)
        break
      case 'completed':
        this.emit(event.type, { status: event.outcome })
        break
      case 'error':
      case 'failed':
        this.emit('error', event.failure)
        import('./look/moments.ts').then(
          ({ warnOfFailure }) => warnOfFailure(event.failure),
          () => {},
        )
        break
      case 'closed': {
        this.attempt = null
        // `already_approved`, `already_submitted`: from elsewhere, or the server would have been asked before.
        if (this.current.failure?.code.startsWith('init_already')) void this.standing.resume()
        else this.standing.follow()
        this.emit(event.type, null)
        void this.catchFocus()
        // Taken out first: where the page has begun and closed another in that event, it puts itself back in.
        const { beginNext } = this
        this.beginNext = null
        beginNext?.()
        break
      }
      case 'status':
        this.emit(event.type, { status: event.status })
        break
      case 'linked':
      case 'shown':
        void this.catchFocus()
        break
      case 'loaded':
      case 'silent':
        break
    }
  }

  private forget(): void {
    this.close()
    this.standing.forget()
    this.apply({ type: 'reset' })
  }

  /** What had the focus is gone, the button or the frame: to what is said now, so that nobody starts at the page's top. */
  private async catchFocus(): Promise<void> {
    await this.updateComplete
    if (!this.isConnected || (document.activeElement && document.activeElement !== document.body)) return
    this.focus({ preventScroll: true })
  }

  /** Loads what a click needs. */
  private prepare(): void {
    if (this.isDisabled) return
    this.appearance.load()
    prepareAttempt(resolveMode(this.mode))
  }

  /** Open to subclasses, so that a page of examples can show any moment. It changes what is seen and nothing else. */
  protected apply(change: Change | AttemptEvent): void {
    this.current = applyChange(this.current, change)
  }

  private emit<Name extends EventName>(name: Name, detail: SeonVerifyDetails[Name]): void {
    this.dispatchEvent(new CustomEvent(`seon-verify-${name}`, { detail, bubbles: true, composed: true }))
  }
}

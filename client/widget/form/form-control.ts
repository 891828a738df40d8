import { LitElement, type PropertyValues } from 'lit'
import { insist } from '../insist.ts'
import { showStates } from './custom-states.ts'
import { type FormField, getFormField } from './form-field.ts'
import type { Proof, ReceiptKeeper } from './receipt-keeper.ts'

/**
 * What an element needs to be a control of a form, like `<input>`. Its value is a receipt: our server's short-lived word
 * that this verification stands approved, which the site's back end redeems. Taking the field away or writing into it
 * gains nothing. Without a `name` there is no field, and no receipt is asked for.
 */
export abstract class FormControl extends LitElement {
  static get formAssociated(): boolean {
    return true
  }

  declare name: string | null
  declare required: boolean
  declare disabled: boolean
  /** Where the receipt is redeemed, if not on this page: for the server's own page in a frame. */
  declare receiptOrigin: string | null

  declare protected readonly internals: ElementInternals | null
  declare private field: FormField | null
  /** By a `<fieldset disabled>` around it, or by its own attribute. */
  declare private barred: boolean
  /** The visitor was told that it is missing; `:user-invalid`, which Chromium keeps to its own controls. */
  declare private isUserInvalid: boolean
  declare private receipt: string | null
  declare private proof: Proof | null
  declare private keeper: Promise<ReceiptKeeper | null> | null

  constructor() {
    super()
    this.required = false
    this.disabled = false
    this.receiptOrigin = null
    this.barred = false
    this.isUserInvalid = false
    this.receipt = null
    this.proof = null
    this.keeper = null
    this.internals = this.attachInternals?.() ?? null
    this.field = getFormField(this.internals)
    this.addEventListener('invalid', () => {
      this.isUserInvalid = true
      this.requestUpdate()
    })
    // A label's click comes as the element's own.
    this.addEventListener('click', (event) => {
      if (event.composedPath()[0] === this) this.focus()
    })
  }

  /** The receipt, or nothing. */
  get value(): string {
    return this.receipt ?? ''
  }

  get type(): string {
    return 'seon-verify'
  }

  get form(): HTMLFormElement | null {
    return this.field?.form ?? null
  }

  get labels(): NodeList | null {
    return this.field?.labels ?? null
  }

  get validity(): ValidityState | null {
    return this.field?.validity ?? null
  }

  get validationMessage(): string {
    return this.field?.validationMessage ?? ''
  }

  get willValidate(): boolean {
    return this.field?.willValidate ?? false
  }

  checkValidity(): boolean {
    return this.field?.checkValidity() ?? true
  }

  reportValidity(): boolean {
    return this.field?.reportValidity() ?? true
  }

  override focus(options?: FocusOptions): void {
    // The message comes first, where there is one.
    const inner = this.renderRoot.querySelector<HTMLElement>('.message, button')
    if (inner) inner.focus(options)
    else super.focus(options)
  }

  formDisabledCallback(disabled: boolean): void {
    this.barred = disabled
    // Also told of its own attribute, which an update under way takes off after it has rendered.
    queueMicrotask(() => this.requestUpdate())
  }

  /** A cleared form may have been sent: its receipt is used up, the approval is not. What was left half-way goes. */
  formResetCallback(): void {
    this.isUserInvalid = false
    this.takeReceipt(null)
    void this.keeper?.then((keeper) => keeper?.renew())
    this.requestUpdate()
    this.resetAttempt()
  }

  formStateRestoreCallback(state: unknown): void {
    if (typeof state === 'string') this.restoreState(state)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    if (!this.field) void this.standIn()
    // A page may ask its form before anything is drawn.
    this.judge()
    this.requestUpdate()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.keepReceipt(null)
  }

  /** What a receipt can be had for now; null: nothing. */
  protected abstract readProof(): Proof | null
  /** Why a form cannot be sent yet, for the visitor. */
  protected abstract explainMissing(): string
  /** Ends what the visitor has begun. */
  protected abstract resetAttempt(): void
  /** Names for `:state()`. */
  protected abstract listStates(): string[]
  /** What the browser is to give back to `restoreState`. */
  protected abstract describeState(): string | null
  protected abstract restoreState(state: string): void

  protected get isDisabled(): boolean {
    return this.disabled || this.barred
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed)
    this.keepReceipt(this.isConnected && this.name ? this.readProof() : null)
    this.judge()
    this.isUserInvalid &&= this.required && !this.receipt
    showStates(this, this.internals, [...this.listStates(), ...(this.isUserInvalid ? ['user-invalid'] : [])])
  }

  private judge(): void {
    const { field } = this
    if (!field) return
    field.setFormValue(this.receipt, this.describeState())
    if (!this.required || this.receipt) return field.setValidity({})
    const anchor = this.renderRoot.querySelector<HTMLElement>('button, .message') ?? undefined
    field.setValidity({ valueMissing: true }, this.explainMissing(), anchor)
  }

  private keepReceipt(proof: Proof | null): void {
    if (proof?.statusToken === this.proof?.statusToken && proof?.server === this.proof?.server) return
    this.proof = proof
    const last = this.keeper
    void last?.then((keeper) => keeper?.stop())
    this.keeper = null
    this.takeReceipt(null)
    if (!proof) return
    this.keeper = insist(() => import('./receipt-keeper.ts')).then(
      ({ createReceiptKeeper }) =>
        createReceiptKeeper({
          proof,
          forOrigin: this.receiptOrigin,
          readForm: () => this.form,
          deliver: (receipt) => {
            if (this.proof === proof) this.takeReceipt(receipt)
          },
        }),
      () => null,
    )
  }

  private takeReceipt(receipt: string | null): void {
    if (receipt === this.receipt) return
    this.receipt = receipt
    this.judge()
    this.requestUpdate()
    this.dispatchEvent(new Event('change', { bubbles: true }))
  }

  private async standIn(): Promise<void> {
    const { createHiddenField } = await import('./hidden-field.ts')
    this.field ??= createHiddenField(this, {
      disabled: (disabled) => this.formDisabledCallback(disabled),
      reset: () => this.formResetCallback(),
    })
    this.requestUpdate()
  }
}

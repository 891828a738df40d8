/** What a browser's form knows of the element: `ElementInternals`, or what stands in for it where it is missing. */
export type FormField = Pick<
  ElementInternals,
  'form' | 'labels' | 'validity' | 'validationMessage' | 'willValidate' | 'checkValidity' | 'reportValidity'
> & {
  /** `state` is what the browser keeps for a visitor who comes back to the page. */
  setFormValue(value: string | null, state?: string | null): void
  /** `anchor` gets the focus and the browser's message. */
  setValidity(flags: ValidityStateFlags, message?: string, anchor?: HTMLElement): void
}

/** Null in Safari before 16.4 and Firefox before 98, or where only the parts about forms are missing. */
export function getFormField(internals: ElementInternals | null): FormField | null {
  return internals && 'setFormValue' in internals ? internals : null
}

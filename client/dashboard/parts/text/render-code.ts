import type { TemplateResult } from 'lit'
import { html } from 'lit'
import { messages } from '../../messages.ts'

/** A code that this page has no words for, kept from turning the sentence around it. */
export function renderCode(code: string): TemplateResult {
  return html`${messages.warnings.unknown} <bdi class="code">${code}</bdi>`
}

import type { TemplateResult } from 'lit'
import { html, nothing } from 'lit'
import type { ApiErrorCode } from '../../api/api-error.ts'
import { messages } from '../../messages.ts'

/** What a detail says of itself where it is not there. */
export interface DetailWords {
  loading: string
  failed: string
  missing: string
}

/** What stands in place of a detail: its outline while it loads, or why it is not there. */
export function renderInsteadOfDetail(
  failure: ApiErrorCode | null,
  words: DetailWords,
  retry: () => void,
): TemplateResult {
  if (failure === null) return html`<sv-skeleton label=${words.loading} plain></sv-skeleton>`
  const isMissing = failure === 'not_found'
  return html`<sv-notice
    .icon=${failure === 'offline' ? 'offline' : 'warning'}
    heading=${isMissing ? words.missing : words.failed}
    text=${messages.failures[failure]}
  >
    ${isMissing ? nothing : html`<button class="button" type="button" @click=${retry}>${messages.rows.retry}</button>`}
  </sv-notice>`
}

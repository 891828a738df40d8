import type { TemplateResult } from 'lit'
import { html } from 'lit'

/** The project's own mark: a tick on a rounded square, `size` px wide. */
export function brandMark(size: number): TemplateResult {
  return html`<svg width=${size} height=${size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <rect width="32" height="32" rx="8" fill="var(--accent-solid)"></rect>
    <path
      d="M9.5 16.5 14 21l8.5-9.5"
      fill="none"
      stroke="var(--accent-on)"
      stroke-width="3"
      stroke-linecap="round"
      stroke-linejoin="round"
    ></path>
  </svg>`
}

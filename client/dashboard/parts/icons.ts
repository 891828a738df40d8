import type { SVGTemplateResult, TemplateResult } from 'lit'
import { html, svg } from 'lit'

// Drawn on a grid of 16 with lines of 1.5 in the text's own colour. Shipped here, so that no page ever asks another host for a picture.
const SHAPES = {
  created: svg`<circle cx="8" cy="8" r="5.75" stroke-dasharray="2.4 2.1"/>`,
  started: svg`<circle cx="8" cy="8" r="5.75"/><path d="M6.75 5.75v4.5L10.25 8z" fill="currentColor"/>`,
  processing: svg`<circle cx="8" cy="8" r="5.75"/><path d="M8 8V3.75A4.25 4.25 0 0 1 12.25 8z" fill="currentColor" stroke="none"/>`,
  submitted: svg`<circle cx="8" cy="8" r="5.75"/><path d="M8 10.75v-5.5M5.75 7.25 8 5l2.25 2.25"/>`,
  finished: svg`<path d="M4 14V2.5M4 3.25h7.75l-1.75 3 1.75 3H4"/>`,
  review: svg`<path d="M1.5 8S3.75 3.75 8 3.75 14.5 8 14.5 8 12.25 12.25 8 12.25 1.5 8 1.5 8z"/><circle cx="8" cy="8" r="1.9" fill="currentColor"/>`,
  approved: svg`<circle cx="8" cy="8" r="6.5" fill="currentColor" stroke="none"/><path d="m5.25 8.25 1.9 1.9 3.6-4.1" class="cut"/>`,
  declined: svg`<circle cx="8" cy="8" r="6.5" fill="currentColor" stroke="none"/><path d="m5.75 5.75 4.5 4.5m0-4.5-4.5 4.5" class="cut"/>`,
  expired: svg`<path d="M4 2h8M4 14h8M5 2v2.5L8 8l3-3.5V2M5 14v-2.5L8 8l3 3.5V14"/>`,
  abandoned: svg`<path d="M9.5 2.25H3.75v11.5H9.5M7 8h7m-2.5-2.5L14 8l-2.5 2.5"/>`,
  cancelled: svg`<circle cx="8" cy="8" r="5.75"/><path d="m4 12 8-8"/>`,
  error: svg`<path d="M8 2.25 14.25 13.5H1.75z"/><path d="M8 6.5v3.25"/><circle cx="8" cy="11.6" r=".85" fill="currentColor" stroke="none"/>`,
  overdue: svg`<circle cx="8" cy="8" r="5.75"/><path d="M8 4.75V8l2.25 1.5"/>`,
  overview: svg`<path d="M2.5 13.5h11M4.25 10.75v-3M8 10.75V3M11.75 10.75v-5"/>`,
  download: svg`<path d="M8 2.5v7.25M4.75 6.75 8 10l3.25-3.25M2.75 12v1.25h10.5V12"/>`,
  flask: svg`<path d="M6 2h4M6.75 2v4.25L3 12.4A1.05 1.05 0 0 0 3.9 14h8.2a1.05 1.05 0 0 0 .9-1.6L9.25 6.25V2M4.75 9.75h6.5"/>`,
  people: svg`<circle cx="6" cy="5.5" r="2.5"/><path d="M1.5 13.25c.5-2.4 2.2-3.75 4.5-3.75s4 1.35 4.5 3.75M10.5 3.25a2.4 2.4 0 0 1 0 4.5M12 9.9c1.4.5 2.2 1.65 2.5 3.35"/>`,
  list: svg`<path d="M5.75 4h8M5.75 8h8M5.75 12h8"/><circle cx="2.6" cy="4" r=".9" fill="currentColor" stroke="none"/><circle cx="2.6" cy="8" r=".9" fill="currentColor" stroke="none"/><circle cx="2.6" cy="12" r=".9" fill="currentColor" stroke="none"/>`,
  inbox: svg`<path d="M2 9.25 4 3h8l2 6.25V13H2zM2 9.25h3.25l1 1.75h3.5l1-1.75H14"/>`,
  page: svg`<rect x="1.75" y="2.75" width="12.5" height="10.5" rx="1.5"/><path d="M1.75 6h12.5"/>`,
  server: svg`<rect x="2" y="2.5" width="12" height="4.5" rx="1"/><rect x="2" y="9" width="12" height="4.5" rx="1"/><path d="M4.5 4.75h.01M4.5 11.25h.01"/>`,
  unrecognised: svg`<circle cx="8" cy="8" r="5.75" stroke-dasharray="2.4 2.1"/><path d="M6.5 6.6a1.5 1.5 0 1 1 2.3 1.3c-.5.3-.8.6-.8 1.1"/><circle cx="8" cy="10.8" r=".8" fill="currentColor" stroke="none"/>`,
  search: svg`<circle cx="7" cy="7" r="4.25"/><path d="m10.25 10.25 3.5 3.5"/>`,
  chevron: svg`<path d="m4.5 6.5 3.5 3.5 3.5-3.5"/>`,
  close: svg`<path d="m4 4 8 8m0-8-8 8"/>`,
  copy: svg`<rect x="5.5" y="5.5" width="8" height="8" rx="1.5"/><path d="M10.5 3.25v-.5h-8v8h.75"/>`,
  check: svg`<path d="m3.25 8.5 3 3 6.5-7"/>`,
  up: svg`<path d="M8 13V3.5M4 7.25 8 3.25l4 4"/>`,
  down: svg`<path d="M8 3v9.5M4 8.75l4 4 4-4"/>`,
  table: svg`<rect x="2" y="2.75" width="12" height="10.5" rx="1.5"/><path d="M2 6.25h12M2 9.75h12M6 6.25v7"/>`,
  filter: svg`<path d="M2 4h12M4.5 8h7M6.75 12h2.5"/>`,
  unfilter: svg`<path d="M2 4h12M4.5 8h7M6.75 12h2.5M3.25 14.25l9.5-12.5"/>`,
  pause: svg`<path d="M5.5 3.5v9M10.5 3.5v9"/>`,
  play: svg`<path d="M5 3.25v9.5L12.5 8z"/>`,
  live: svg`<circle cx="8" cy="8" r="3.25" fill="currentColor" stroke="none"/>`,
  offline: svg`<path d="M2 2l12 12M5.2 10.4a4 4 0 0 1 3.6-1.2M2.6 7.6a7.6 7.6 0 0 1 3-1.8M8 5.1a7.6 7.6 0 0 1 5.4 2.5M8 12.75h.01"/>`,
  refresh: svg`<path d="M13.25 8a5.25 5.25 0 1 1-1.6-3.8M13.5 2v3h-3"/>`,
  help: svg`<circle cx="8" cy="8" r="6"/><path d="M6.4 6.4a1.65 1.65 0 1 1 2.5 1.4c-.6.4-.9.7-.9 1.3"/><circle cx="8" cy="11" r=".8" fill="currentColor" stroke="none"/>`,
  person: svg`<circle cx="8" cy="5.25" r="2.75"/><path d="M2.75 13.5c.6-2.6 2.6-4 5.25-4s4.65 1.4 5.25 4"/>`,
  leave: svg`<path d="M6.5 2.75H3v10.5h3.5M6 8h8m-2.5-2.5L14 8l-2.5 2.5"/>`,
  sun: svg`<circle cx="8" cy="8" r="2.75"/><path d="M8 1.5v1.25M8 13.25v1.25M1.5 8h1.25M13.25 8h1.25M3.4 3.4l.9.9m7.4 7.4.9.9m0-9.2-.9.9m-7.4 7.4-.9.9"/>`,
  moon: svg`<path d="M13.5 9.5A6 6 0 0 1 6.5 2.5a5.75 5.75 0 1 0 7 7z"/>`,
  screen: svg`<rect x="1.75" y="2.75" width="12.5" height="8.5" rx="1.5"/><path d="M5.5 13.75h5"/>`,
  key: svg`<circle cx="5.25" cy="10.75" r="3"/><path d="m7.5 8.5 6-6M11 5l2 2"/>`,
  shield: svg`<path d="M8 1.75 13.25 3.5v4.25c0 3.25-2.25 5.5-5.25 6.5-3-1-5.25-3.25-5.25-6.5V3.5z"/><path d="m5.6 8 1.7 1.7 3.1-3.5"/>`,
  warning: svg`<path d="M8 2.25 14.25 13.5H1.75z"/><path d="M8 6.5v3.25"/><circle cx="8" cy="11.6" r=".85" fill="currentColor" stroke="none"/>`,
  eye: svg`<path d="M1.5 8S3.75 3.75 8 3.75 14.5 8 14.5 8 12.25 12.25 8 12.25 1.5 8 1.5 8z"/><circle cx="8" cy="8" r="1.9"/>`,
  replay: svg`<path d="M2.75 8a5.25 5.25 0 1 0 1.6-3.8M2.5 2v3h3"/>`,
  stack: svg`<path d="m8 2 6 3-6 3-6-3zM2 8l6 3 6-3M2 11l6 3 6-3"/>`,
} satisfies Record<string, SVGTemplateResult>

export type IconName = keyof typeof SHAPES

/** A 16 px picture, hidden from assistive technology: the word beside it says the same. */
export function icon(name: IconName): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">${SHAPES[name]}</svg>`
}

import { html, nothing, type TemplateResult } from 'lit'
import type { Mode } from '../frame/mode.ts'

type Content = TemplateResult | typeof nothing

/** The longest title and text of all languages and moments have this many letters, or a test says so. */
export const TITLE_ROOM = 48
export const TEXT_ROOM = 128

/**
 * The room that the element takes, the same at every moment: the page around it never moves. Inline it is SEON's frame
 * that needs the most, elsewhere the longest words: letters that nobody sees hold their place, however they wrap.
 */
export function renderBox(mode: Mode, content: Content, open: boolean, below: Content): TemplateResult {
  if (mode === 'inline') {
    return html`<div class="box inline" part="box">
        <div class="view">${content}</div>
        <div class="frame" part="frame" ?hidden=${!open}><slot name="frame"></slot></div>
      </div>
      <div class="below">${below}</div>`
  }
  return html`<div class="box" part="box">
    <div class="sizer" aria-hidden="true">
      <p class="title">${fill(TITLE_ROOM)}</p>
      <p>${fill(TEXT_ROOM)}</p>
      ${mode === 'link' ? LINK_ROOM : nothing}
    </div>
    <div class="view">${content}</div>
  </div>`
}

/** A QR code, and the link below it. */
const LINK_ROOM = html`<i class="link"></i>`

/** Words of six letters, each letter a little wider than the usual. */
function fill(letters: number): string {
  return 'nnnnn '.repeat(letters / 6)
}

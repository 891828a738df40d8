import { html, type TemplateResult } from 'lit'

export const ICONS = {
  /** Outlined: what the browser says. */
  busy: { fill: false, path: 'M10 6v4l2.5 1.5' },
  sent: { fill: false, path: 'm6.8 10.2 2.2 2.2 4.4-4.6' },
  stopped: { fill: false, path: 'M8 7.5v5m4-5v5' },
  failed: { fill: false, path: 'M10 6.3v4.6m0 2.6v.2' },
  /** Outlined and red: the vendor says that it could not tell. */
  error: { fill: false, path: 'M10 6.3v4.6m0 2.6v.2' },
  /** Filled: what the vendor says. */
  approved: { fill: true, path: 'm6.5 10.2 2.4 2.4 4.7-5' },
  review: { fill: true, path: 'M10 6v4l2.5 1.5' },
  declined: { fill: true, path: 'm7.2 7.2 5.6 5.6m0-5.6-5.6 5.6' },
  abandoned: { fill: true, path: 'M8 7.5v5m4-5v5' },
  expired: { fill: true, path: 'M7.5 6.2h5M7.5 13.8h5M8 6.2c0 3 4 4.6 4 7.6M12 6.2c0 3-4 4.6-4 7.6' },
} as const satisfies Record<string, { fill: boolean; path: string }>

export type IconName = keyof typeof ICONS

/** Decoration: the word beside it says the same. */
export function renderIcon(name: IconName): TemplateResult {
  const { fill, path } = ICONS[name]
  return html`<svg part="icon" class="icon ${name} ${fill ? 'filled' : 'outlined'}" viewBox="0 0 20 20" aria-hidden="true">
    <circle cx="10" cy="10" r="8.25"></circle><path d=${path}></path>
  </svg>`
}

import { html, LitElement } from 'lit'
import type { SessionInfo } from '../../../../server/protocol.ts'
import { messages } from '../../messages.ts'
import type { IconName } from '../../parts/icons.ts'
import { icon } from '../../parts/icons.ts'
import { formatRoute, parseRoute } from '../../routing/route.ts'
import { base } from '../../styles/base.ts'
import { controls } from '../../styles/controls.ts'
import { floats } from '../../styles/floats.ts'
import type { Preferences } from './preferences.ts'
import { applyPreferences, readPreferences } from './preferences.ts'
import { settingsStyles } from './settings-styles.ts'

const words = messages.account
const THEMES = ['system', 'light', 'dark'] as const
const DENSITIES = ['normal', 'compact'] as const
const THEME_ICONS: Record<Preferences['theme'], IconName> = { system: 'screen', light: 'sun', dark: 'moon' }

/** Who is signed in, how the page looks, and the way out. Fires `sv-sign-out` and `sv-show-shortcuts`. */
export class SettingsMenu extends LitElement {
  static override properties = { session: { attribute: false }, preferences: { state: true } }
  static override styles = [base, controls, floats, settingsStyles]
  declare session: SessionInfo
  declare preferences: Preferences

  constructor() {
    super()
    this.preferences = readPreferences()
  }

  protected override render() {
    const { operator, role } = this.session
    const { theme, density, keys } = this.preferences
    return html`<button class="open" type="button" popovertarget="menu" aria-label=${words.openOf(operator)}>
        ${icon('person')}<span class="word cut-off"><bdi>${operator}</bdi></span>
      </button>
      <section id="menu" class="float" popover aria-label=${words.open}>
        <p class="who cut-off">${words.signedInAs(operator)}<span class="quiet">${words.roles[role]}</span></p>
        <fieldset>
          <legend>${words.theme}</legend>
          ${this.#renderChoice('theme', THEMES, theme, words.themes, THEME_ICONS)}
        </fieldset>
        <fieldset>
          <legend>${words.density}</legend>
          ${this.#renderChoice('density', DENSITIES, density, words.densities)}
        </fieldset>
        <label class="line"
          ><input type="checkbox" .checked=${keys} @change=${this.#handleKeys} />${words.keys}</label
        >
        <hr />
        <a class="button plain line" href=${formatRoute({ ...parseRoute(''), view: 'operators' })} @click=${this.#close}
          >${icon('people')}${words.sessions}</a
        >
        <button class="button plain line" type="button" @click=${this.#handleHelp}>${icon('help')}${words.keysHelp}</button>
        <button class="button plain line" type="button" @click=${this.#handleSignOut}>${icon('leave')}${words.signOut}</button>
      </section>`
  }

  #renderChoice<K extends 'theme' | 'density'>(
    name: K,
    values: readonly Preferences[K][],
    chosen: Preferences[K],
    options: Record<Preferences[K], string>,
    icons?: Record<Preferences[K], IconName>,
  ) {
    return html`<span class="choice">
      ${values.map(
        (value) =>
          html`<button
            class="button"
            type="button"
            aria-pressed=${value === chosen}
            @click=${() => this.#choose({ ...this.preferences, [name]: value })}
          >
            ${icons ? icon(icons[value]) : ''}${options[value]}
          </button>`,
      )}
    </span>`
  }

  #choose(preferences: Preferences): void {
    this.preferences = preferences
    applyPreferences(preferences)
  }

  #handleKeys = (event: Event): void => {
    if (event.target instanceof HTMLInputElement) this.#choose({ ...this.preferences, keys: event.target.checked })
  }

  #close = (): void => {
    this.renderRoot.querySelector<HTMLElement>('#menu')?.hidePopover()
  }

  #handleHelp = (): void => {
    this.#close()
    this.dispatchEvent(new Event('sv-show-shortcuts', { bubbles: true, composed: true }))
  }

  #handleSignOut = (): void => {
    this.#close()
    this.dispatchEvent(new Event('sv-sign-out', { bubbles: true, composed: true }))
  }
}

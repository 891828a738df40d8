import { mount } from 'svelte'
import type { SvelteHTMLElements } from 'svelte/elements'
import Account from './Account.svelte'
import { INPUTS, note } from './page.ts'

mount(Account, { target: document.body })

type Props = SvelteHTMLElements['seon-verify']
export const right: Props = {
  mode: 'inline',
  inputs: INPUTS,
  'onseon-verify-status': ({ detail }) => note('', detail.status),
}
// @ts-expect-error There is no such mode.
export const wrong: Props = { mode: 'sideways' }
// @ts-expect-error A status is one of the server's.
export const never: Props = { 'onseon-verify-status': ({ detail }) => detail.status === 'aproved' }

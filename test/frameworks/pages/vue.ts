import { createApp, type GlobalComponents, ref } from 'vue/dist/vue.esm-bundler.js'
import { getUserToken, INPUTS, note, offer, THEME, USERS } from './page.ts'

const app = createApp({
  setup() {
    const users = ref(USERS)
    const shown = ref(true)
    const count = ref(0)
    offer({
      reorder: () => (users.value = users.value.toReversed()),
      render: () => (count.value += 1),
      show: (value) => (shown.value = value),
    })
    const send = ({ currentTarget }: { currentTarget: HTMLFormElement }) =>
      note('sent', Object.fromEntries(new FormData(currentTarget)))
    return { users, shown, count, send, note, getUserToken, INPUTS, THEME }
  },
  template: `<main v-if="shown" :data-count="count">
    <form v-for="user in users" :key="user" :id="user" @submit.prevent="send">
      <h2>{{ user }}</h2>
      <seon-verify :user-id="user" name="receipt" required :inputs="INPUTS" :theme="THEME"
        :getUserToken="() => getUserToken(user)" @seon-verify-status="note(user, $event.detail.status)">
        <span slot="hint">Count {{ count }}</span>
      </seon-verify>
      <button>Send</button>
    </form></main>`,
})
app.config.compilerOptions.isCustomElement = (tag: string) => tag === 'seon-verify'
app.mount(document.body.appendChild(document.createElement('div')))

type Props = InstanceType<GlobalComponents['seon-verify']>['$props']
export const right: Props = {
  mode: 'inline',
  inputs: INPUTS,
  onSeonVerifyStatus: ({ detail }) => note('', detail.status),
}
// @ts-expect-error There is no such mode.
export const wrong: Props = { mode: 'sideways' }
// @ts-expect-error A status is one of the server's.
export const never: Props = { onSeonVerifyStatus: ({ detail }) => detail.status === 'aproved' }

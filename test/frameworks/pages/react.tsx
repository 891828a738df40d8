import { type FormEvent, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { getUserToken, INPUTS, note, offer, THEME, USERS } from './page.ts'

function Account() {
  const [users, setUsers] = useState(USERS)
  const [shown, setShown] = useState(true)
  const [count, setCount] = useState(0)
  offer({ reorder: () => setUsers((old) => old.toReversed()), render: () => setCount(count + 1), show: setShown })

  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    note('sent', Object.fromEntries(new FormData(event.currentTarget)))
  }
  return (
    <main data-count={count}>
      {shown &&
        users.map((user) => (
          <form key={user} id={user} onSubmit={send}>
            <h2>{user}</h2>
            <seon-verify
              user-id={user}
              name="receipt"
              required
              inputs={INPUTS}
              theme={THEME}
              getUserToken={() => getUserToken(user)}
              onseon-verify-status={({ detail }) => note(user, detail.status)}
            >
              <span slot="hint">Count {count}</span>
            </seon-verify>
            <button>Send</button>
          </form>
        ))}
    </main>
  )
}

createRoot(document.body.appendChild(document.createElement('div'))).render(<Account />)

// @ts-expect-error There is no such mode.
export const wrong = <seon-verify mode="sideways" />
// @ts-expect-error A status is one of the server's.
export const never = <seon-verify onseon-verify-status={({ detail }) => detail.status === 'aproved'} />

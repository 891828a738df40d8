// What the three pages have in common: who is verified, and how the test sees and steers them.

export const USERS = ['fw-1', 'fw-2']
export const INPUTS = { userFullname: 'Ada Example' }
export const THEME = { light: { baseAccent: '#225577' } }

export const getUserToken = async (user: string) => (await fetch(`/token/${user}`)).text()

const noted: [string, unknown][] = []
Object.assign(window, { noted })

export function note(what: string, value: unknown): void {
  noted.push([what, value])
}

/** What the test does to the page, by the framework's own state. */
export interface Steering {
  reorder: () => void
  render: () => void
  show: (shown: boolean) => void
}

export function offer(steering: Steering): void {
  Object.assign(window, { steering })
}

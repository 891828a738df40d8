import type { BrowserContext, Page } from 'playwright-core'
import { z } from 'zod'

// What people do in WordPress: sign in, set up, write; in a browser and as themselves.

export type Role = 'administrator' | 'editor' | 'author' | 'subscriber'

/** Everybody but the administrator, whom WordPress makes. */
export const PASSWORD = 'correct horse battery staple'

/** Signs in at the door that everybody uses. */
export async function signIn(page: Page, site: string, name: string, password = PASSWORD): Promise<void> {
  await page.goto(`${site}/wp-login.php?redirect_to=${encodeURIComponent(site)}`)
  await page.getByLabel('Username or Email Address').fill(name)
  await page.locator('#user_pass').fill(password)
  await page.getByRole('button', { name: 'Log In' }).click()
  await page.waitForURL((url) => url.pathname === '/')
}

/** A person in a browser of their own, signed in. */
export async function openAs(context: BrowserContext, site: string, name: string, password?: string): Promise<Page> {
  // PHP in WebAssembly takes a second for what it has not seen yet.
  context.setDefaultTimeout(60_000)
  const page = await context.newPage()
  await signIn(page, site, name, password)
  return page
}

/** Asks WordPress's own API from a page of the person who is signed in there, as WordPress's editor does. */
export async function callApi(page: Page, path: string, body: unknown, method = 'POST'): Promise<unknown> {
  const { ok, text } = await page.evaluate(
    async ([route, data, verb]) => {
      const nonce = await (await fetch('/wp-admin/admin-ajax.php?action=rest-nonce')).text()
      const response = await fetch(`/?rest_route=${route}`, {
        method: verb,
        headers: { 'X-WP-Nonce': nonce, 'Content-Type': 'application/json' },
        body: data,
      })
      return { ok: response.ok, text: await response.text() }
    },
    [path, JSON.stringify(body), method] as const,
  )
  if (!ok) throw new Error(`${method} ${path}: ${text}`)
  return JSON.parse(text)
}

/** Has the administrator make an account. */
export async function createUser(admin: Page, name: string, role: Role): Promise<void> {
  await callApi(admin, '/wp/v2/users', {
    username: name,
    email: `${name}@example.com`,
    password: PASSWORD,
    roles: [role],
  })
}

const Post = z.object({
  id: z.number(),
  link: z.string(),
  content: z.object({ raw: z.string(), rendered: z.string() }),
})

/** Publishes what a person wrote; WordPress keeps of it what that person may write. */
export async function publish(page: Page, title: string, content: string): Promise<z.infer<typeof Post>> {
  return Post.parse(await callApi(page, '/wp/v2/posts', { title, content, status: 'publish' }))
}

export async function activate(admin: Page, site: string, plugin: string): Promise<void> {
  await admin.goto(`${site}/wp-admin/plugins.php`)
  await admin.locator(`tr[data-slug="${plugin}"] .activate a`).click()
  await admin.locator(`tr[data-slug="${plugin}"] .deactivate a`).waitFor()
}

/** Fills in Settings → Identity verification. */
export async function setUp(admin: Page, site: string, settings: Readonly<Record<string, string>>): Promise<void> {
  await admin.goto(`${site}/wp-admin/options-general.php?page=seon-verify`)
  for (const [label, value] of Object.entries(settings)) await admin.getByLabel(label, { exact: true }).fill(value)
  await admin.getByRole('button', { name: 'Save Changes' }).click()
  await admin.getByText('Settings saved.').waitFor()
}

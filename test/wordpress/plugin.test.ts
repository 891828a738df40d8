import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { chromium, type Page } from 'playwright-core'
import { CHROMIUM_ARGS, ensureChromium } from '../helpers/chromium.ts'
import { startSandboxServer } from '../helpers/server.ts'
import { API_TOKEN, USER_TOKEN_SECRET } from '../helpers/visitor.ts'
import { flowFrame, readVerifications, verifyButton, walkFlow } from '../journeys/steps.ts'
import { startWordPress } from './start-wordpress.ts'
import { activate, callApi, createUser, openAs, publish, type Role, setUp } from './steps.ts'

/** The newest that npm has, and the oldest that the plug-in is for: no script modules there, and the oldest PHP. */
const RELEASES: readonly Release[] = [
  { version: '6.5', php: '8.3', authors: ['administrator', 'author'] },
  { version: '6.2', php: '7.4', authors: ['author'] },
]

interface Release {
  version: string
  php: string
  /** Who writes the posts that visitors come to. */
  authors: readonly ('administrator' | 'author')[]
}

/** The four ways to put the element into a post, and what of it must be on the page. */
const WAYS = {
  shortcode: '<!-- wp:paragraph --><p>Before [seon_verify mode="inline" language="en"] after</p><!-- /wp:paragraph -->',
  block: '<!-- wp:seon-verify/verify {"mode":"inline","language":"en"} /-->',
  element: '<seon-verify mode="inline" language="en"><span slot="hint">Bring your passport</span></seon-verify>',
  div: '<div data-seon-verify data-mode="inline" data-language="en"><span data-slot="hint">Bring your passport</span></div>',
} as const

for (const { version, php, authors } of RELEASES) {
  describe(`the plug-in in WordPress ${version} on PHP ${php}`, () => {
    it('is what its readme says', async (t) => {
      const kit = process.env['WORDPRESS_KIT']
      if (kit === undefined) throw new Error('start me by `npm run test:wordpress`')
      const wordpress = await startWordPress({ kit, version, php })
      const server = await startSandboxServer({ API_TOKEN, USER_TOKEN_SECRET, ALLOWED_ORIGINS: wordpress.url })
      const executablePath = await ensureChromium(console.error)
      const browser = await chromium.launch({ executablePath, chromiumSandbox: false, args: CHROMIUM_ARGS })
      after(() => browser.close())
      const people = new Map<Role, Page>()
      const pageOf = (role: Role): Page => {
        const page = people.get(role)
        if (!page) throw new Error(`There is no ${role}.`)
        return page
      }
      /** What every page of the site has said, to look for secrets in it. */
      let pages = ''

      async function openNew(name: string, password?: string): Promise<Page> {
        const context = await browser.newContext()
        context.on('response', (response) => {
          const isPage =
            /html|json/.test(response.headers()['content-type'] ?? '') && response.url().startsWith(wordpress.url)
          if (isPage)
            response.text().then(
              (text) => (pages += text),
              () => {},
            )
        })
        return openAs(context, wordpress.url, name, password)
      }

      people.set('administrator', await openNew('admin', 'password'))
      await createUser(pageOf('administrator'), 'ada-author', 'author')
      people.set('author', await openNew('ada-author'))

      await t.test('is switched on and set up by the administrator, and says whether the server knows it', async () => {
        const admin = pageOf('administrator')
        await activate(admin, wordpress.url, 'seon-verify')
        await setUp(admin, wordpress.url, { Server: server.url, 'API token': 'not-the-right-token-at-all' })
        await admin.getByText('does not know the API token').waitFor()
        await setUp(admin, wordpress.url, { 'API token': API_TOKEN, 'User token secret': USER_TOKEN_SECRET })
        await admin.getByText('The server answers and knows the API token.').waitFor()
        assert.equal(await admin.getByLabel('API token', { exact: true }).inputValue(), '')
        await setUp(admin, wordpress.url, { Server: `${server.url}/` })
        await admin.getByText('The server answers and knows the API token.').waitFor()
      })

      await t.test('keeps its settings to administrators', async () => {
        const answer = await pageOf('author').goto(`${wordpress.url}/wp-admin/options-general.php?page=seon-verify`)
        assert.equal(answer?.status(), 403)
      })

      await t.test('shows strangers where to sign in, and loads no script for them', async () => {
        const { link } = await publish(pageOf('author'), 'For strangers', WAYS.shortcode)
        const page = await (await browser.newContext()).newPage()
        await page.goto(link)
        const href = await page.getByRole('link', { name: 'Sign in to verify your identity' }).getAttribute('href')
        assert.match(href ?? '', /wp-login\.php\?redirect_to=/)
        assert.equal(await page.locator('script[src*=seon-verify]').count(), 0)
      })

      for (const author of authors) {
        for (const [way, content] of Object.entries(WAYS)) {
          await t.test(`takes a visitor from the ${author}’s ${way} to approved`, async () => {
            const post = await publish(pageOf(author), `A ${way}`, content)
            const visitor = `visitor-${author}-${way}`
            await createUser(pageOf('administrator'), visitor, 'subscriber')
            const page = await openNew(visitor)
            await page.goto(post.link)
            if (content.includes('slot')) await page.getByText('Bring your passport').waitFor()
            await verifyButton(page).click()
            await walkFlow(flowFrame(page), 'approved')
            await page.locator('seon-verify').getByText('Your identity is confirmed').waitFor()
            assert.equal(await page.locator('seon-verify').getAttribute('mode'), 'inline')
            const me = await page.evaluate(() => document.querySelector('seon-verify')?.userId)
            const verified = (await readVerifications(server)).filter(({ userId }) => userId === me)
            assert.deepEqual(
              verified.map(({ status }) => status),
              ['approved'],
            )
            await page.context().close()
          })
        }
      }

      await t.test('lets no author send visitors to another server', async () => {
        const { content } = await publish(
          pageOf('author'),
          'Elsewhere',
          `<seon-verify server="https://evil.example" mode="popup"></seon-verify><seon-verify server="${server.url}"></seon-verify>[seon_verify server="https://evil.example"]`,
        )
        assert.doesNotMatch(content.rendered, /evil/)
        assert.match(content.raw, new RegExp(`server="${server.url}"`), 'the site’s own is kept')
      })

      await t.test('lets the form of an approved visitor through, once, with a receipt of their own', async () => {
        const admin = pageOf('administrator')
        await activate(admin, wordpress.url, 'an-application-form-for-verified-people-only')
        const { link } = await publish(admin, 'Apply', '[application_form]')
        await createUser(admin, 'applicant', 'subscriber')
        await createUser(admin, 'rival', 'subscriber')
        const page = await openNew('applicant')
        await page.goto(link)
        await page.getByRole('button', { name: 'Apply' }).click()
        assert.equal(page.url(), link, 'required: not sent without')
        await verifyButton(page).click()
        await walkFlow(flowFrame(page), 'approved')
        await page.waitForFunction(() => (document.querySelector('seon-verify')?.value ?? '').length > 100)
        const receipt = await page.evaluate(() => document.querySelector('seon-verify')?.value ?? '')
        const nonce = await readNonce(page)

        const rival = await openNew('rival')
        await rival.goto(link)
        assert.equal(await send(rival, receipt, await readNonce(rival)), 'receipt_mismatch')
        assert.equal(await send(page, '', nonce), 'receipt_missing')
        assert.equal(await send(page, `${receipt.slice(0, -8)}AAAAAAAA`, nonce), 'receipt_invalid')
        await page.getByRole('button', { name: 'Apply' }).click()
        await page.getByText('Your application has arrived.').waitFor()
        assert.equal(await send(page, receipt, nonce), 'receipt_used')
        await rival.reload()
        await rival.getByRole('button', { name: 'Apply' }).waitFor()
      })

      await t.test('says to scripts and to PHP what the server says', async () => {
        const page = await openNew('applicant')
        await assert.rejects(callApi(page, '/seon-verify/v1/redeem', { receipt: 'made.up.receipt' }), /receipt_invalid/)
        const stranger = await fetch(`${wordpress.url}/?rest_route=/seon-verify/v1/user-token`, { method: 'POST' })
        assert.equal(stranger.status, 401)
      })

      await t.test('is a block in the editor, with its settings beside it', async () => {
        const author = pageOf('author')
        const post = await publish(author, 'In the editor', WAYS.block)
        await author.goto(`${wordpress.url}/wp-admin/post.php?post=${post.id}&action=edit`)
        // Its welcome comes when it likes, also after the editor itself is there.
        const welcome = author.getByRole('dialog', { name: /Welcome/ })
        await author.addLocatorHandler(welcome, () => welcome.getByRole('button', { name: 'Close' }).click())
        await selectFirstBlock(author)
        await author.getByLabel('Where it opens').selectOption('popup')
        await author.getByRole('button', { name: /^(Update|Save)$/ }).click()
        await author
          .getByText(/^Post updated\.?$/)
          .first()
          .waitFor()
        const saved = await callApi(author, `/wp/v2/posts/${post.id}`, {})
        assert.match(
          JSON.stringify(saved),
          /wp:seon-verify\/verify \{\\"mode\\":\\"popup\\",\\"language\\":\\"en\\"\} \/--/,
        )
      })

      await t.test('has let no secret out, and given PHP no reason to complain', async () => {
        assert.ok(pages.includes('Leave empty to keep it'), 'the settings page is among them')
        assert.ok(!pages.includes(API_TOKEN) && !pages.includes(USER_TOKEN_SECRET))
        assert.deepEqual(await wordpress.readComplaints(), [])
      })

      await t.test('takes its settings along when it is deleted', async () => {
        const admin = pageOf('administrator')
        assert.ok(wordpress.readOption('seon_verify_settings')?.includes(API_TOKEN))
        await admin.goto(`${wordpress.url}/wp-admin/plugins.php`)
        await admin.locator('tr[data-slug="seon-verify"] .deactivate a').click()
        // Until its script is there, the link leads to a page that asks again.
        await admin.locator('tr[data-slug="seon-verify"] .delete a').waitFor()
        await admin.waitForLoadState()
        admin.once('dialog', (dialog) => dialog.accept())
        await admin.locator('tr[data-slug="seon-verify"] .delete a').click()
        await admin.getByText('successfully deleted').waitFor()
        assert.equal(wordpress.readOption('seon_verify_settings'), null)
      })
    })
  })
}

const readNonce = (page: Page) => page.locator('form input[name=_wpnonce]').inputValue()

/** Sends the form as a script would; the code that WordPress refuses it with. */
async function send(page: Page, receipt: string, nonce: string): Promise<string> {
  return page.evaluate(
    async ([value, word]) => {
      const body = new URLSearchParams({ action: 'application_form', _wpnonce: word, 'seon-verify': value })
      const answer = await fetch('/wp-admin/admin-post.php', {
        method: 'POST',
        headers: { accept: 'application/json' },
        body,
      })
      const { code } = await answer.json()
      return answer.status >= 400 ? String(code) : 'let through'
    },
    [receipt, nonce] as const,
  )
}

/** By the editor's own data, as what there is to click on differs from release to release. */
async function selectFirstBlock(editor: Page): Promise<void> {
  await editor.waitForFunction(() => {
    const read = (from: unknown, name: string): unknown =>
      typeof from === 'object' && from !== null ? Reflect.get(from, name) : undefined
    const call = (from: unknown, name: string, ...words: unknown[]): unknown => {
      const method = read(from, name)
      return typeof method === 'function' ? method(...words) : undefined
    }
    const data = read(Reflect.get(window, 'wp'), 'data')
    const blocks = call(call(data, 'select', 'core/block-editor'), 'getBlocks')
    if (!Array.isArray(blocks) || blocks.length === 0) return false
    call(call(data, 'dispatch', 'core/block-editor'), 'selectBlock', read(blocks[0], 'clientId'))
    call(call(data, 'dispatch', 'core/edit-post'), 'openGeneralSidebar', 'edit-post/block')
    return true
  })
}

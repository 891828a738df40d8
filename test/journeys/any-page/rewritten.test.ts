import assert from 'node:assert/strict'
import { describePages } from './helpers/describe-pages.ts'

// Pages that change while the element is on them, as content systems, routers and builders of pages do.

const page = (head: string, body: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Rewritten</title>${head}<body>${body}</body></html>`

await describePages('a page that is rewritten', [
  {
    name: 'its markup is set anew before and after the script has come',
    html: ({ module, element, own }) =>
      page(
        '',
        `${own}<section>${element}</section><script>var box = document.querySelector('section'); box.innerHTML = box.innerHTML</script>${module}`,
      ),
    prepare: async (page_) => {
      await page_.locator('seon-verify button.primary').waitFor()
      await page_.evaluate('box.innerHTML = box.innerHTML; box.innerHTML += "<p>Added</p>"')
    },
  },
  {
    name: 'its markup is set anew in the middle of the verification',
    html: ({ module, element, own }) => page(module, `${own}<section>${element}</section>`),
    meanwhile: (page_) =>
      page_.locator('section').evaluate((box) => {
        const { innerHTML } = box
        box.innerHTML = innerHTML
      }),
    again: true,
  },
  {
    name: 'the element is moved in the middle of the verification',
    html: ({ module, element, own }) => page(module, `${own}<section>${element}</section><aside></aside>`),
    meanwhile: async (page_) => {
      await page_.evaluate("document.querySelector('aside').append(document.querySelector('seon-verify'))")
      await page_.evaluate("document.querySelector('section').append(document.querySelector('seon-verify'))")
    },
  },
  {
    name: 'the element is moved in the middle of an inline verification, whose frame that empties',
    html: ({ module, userId, own }) =>
      page(
        module,
        `${own}<section><seon-verify mode="inline" user-id="${userId}"></seon-verify></section><aside></aside>`,
      ),
    meanwhile: async (page_) => {
      await page_.evaluate("document.querySelector('aside').append(document.querySelector('seon-verify'))")
      await page_.evaluate("document.querySelector('section').append(document.querySelector('seon-verify'))")
    },
    again: true,
  },
  {
    name: 'the element is taken out in the middle of the verification and put back later',
    html: ({ module, element, own }) => page(module, `${own}<section>${element}</section>`),
    meanwhile: async (page_) => {
      await page_.evaluate("window.kept = document.querySelector('seon-verify'); kept.remove()")
      await page_.locator('dialog').waitFor({ state: 'detached' })
      assert.equal(await page_.evaluate('getComputedStyle(document.documentElement).overflow'), 'visible')
      await page_.evaluate("document.querySelector('section').append(kept); delete window.kept")
    },
    again: true,
  },
  {
    name: 'all of the body is replaced in the middle of the verification',
    html: ({ module, element, own }) => page(module, `${own}<section>${element}</section>`),
    meanwhile: (page_) =>
      page_.evaluate(() => {
        const kept = [...document.body.children].filter((node) => node.localName !== 'dialog')
        document.body.textContent = ''
        document.body.append(...kept)
      }),
    again: true,
  },
  {
    name: 'what is in the element is set anew in the middle of an inline verification',
    html: ({ module, userId, own }) =>
      page(module, `${own}<seon-verify mode="inline" user-id="${userId}"></seon-verify>`),
    meanwhile: (page_) =>
      page_.locator('seon-verify').evaluate((node) => {
        node.innerHTML = ''
      }),
    again: true,
  },
  {
    name: 'another address is shown in the middle of the verification',
    html: ({ module, element, own }) => page(module, `${own}${element}`),
    meanwhile: async (page_) => {
      await page_.evaluate("history.pushState({}, '', '/elsewhere'); dispatchEvent(new PopStateEvent('popstate'))")
      await page_.goBack()
    },
    changes: ['history: was 2, is 3'],
  },
  {
    name: 'a second element stands on it, and a third comes and goes',
    html: ({ module, element, own }) => page(module, `${own}${element}<seon-verify user-id="nobody"></seon-verify>`),
    meanwhile: (page_) =>
      page_.evaluate(() => {
        const third = document.createElement('seon-verify')
        document.body.append(third)
        third.remove()
      }),
  },
])

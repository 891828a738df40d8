import { describePages } from './helpers/describe-pages.ts'

// Places in a page that change what is inside them, and style sheets that change everything.

const SHADOW = '<template shadowrootmode="open">'

/** As scripts make dialogs: the rest of the page hidden from assistive technology and pointers, the focus held inside. */
const HOMEMADE_MODAL = `<style>body.modal-open { pointer-events: none; overflow: hidden; padding-right: 15px }
  .modal { pointer-events: auto; position: fixed; inset: 100px 200px; overflow: auto; background: #fff; z-index: 2147483647 }</style>`

const RESETS = `<style>
  *, *::before, *::after { margin: 0 !important; padding: 0 !important; border: 0 !important; outline: 0 !important;
    box-sizing: content-box !important; position: static !important; float: none !important; opacity: .9 !important;
    max-width: 500px !important; max-height: 1600px !important; min-width: 0 !important; min-height: 0 !important;
    transition: all 3s !important; animation: none !important; transform: translateZ(0) !important; z-index: auto !important;
    font: 10px/1 Times !important; text-transform: uppercase !important; filter: grayscale(1) !important }
  html, body { height: auto !important } p, div, span { display: block !important }
  iframe, dialog { display: none !important; visibility: hidden !important; width: 0 !important; height: 0 !important }
  dialog::backdrop { z-index: 2147483647 !important; background: red !important }</style>`

const page = (head: string, body: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Place</title>${head}<body>${body}</body></html>`

await describePages('the place of the element', [
  {
    name: 'three shadow roots deep',
    html: ({ module, element, own }) =>
      page(
        module,
        `${own}<div>${SHADOW}<div>${SHADOW}<div>${SHADOW}${element}</template></div></template></div></template></div>`,
      ),
  },
  {
    name: 'three shadow roots deep, inline',
    html: ({ module, userId, own }) =>
      page(
        module,
        `${own}<div>${SHADOW}<div>${SHADOW}<div>${SHADOW}<seon-verify user-id="${userId}" mode="inline"></seon-verify></template></div></template></div></template></div>`,
      ),
  },
  {
    name: 'slotted into a component of the page',
    html: ({ module, element, own }) =>
      page(
        module,
        `${own}<div>${SHADOW}<style>::slotted(*) { display: flex; overflow: hidden }</style><slot></slot></template>${element}</div>`,
      ),
  },
  {
    name: 'in a modal dialog of the page',
    html: ({ module, element, own }) =>
      page(module, `${own}<dialog id="own-dialog"><h2>Before we go on</h2>${element}</dialog>`),
    prepare: (page_) => page_.evaluate(() => document.querySelector('dialog')?.showModal()),
    check: (page_) => page_.evaluate(() => document.querySelector('dialog')?.close()),
    usesOwn: false,
  },
  {
    name: 'in a dialog made by a script: the rest without pointers, hidden and left by no focus',
    html: ({ module, element, own }) =>
      page(
        `${module}${HOMEMADE_MODAL}`,
        `<div id="app">${own}</div><div class="modal" role="dialog" aria-modal="true" tabindex="-1">${element}</div>
        <script>function openModal() {
          document.body.classList.add('modal-open'); document.getElementById('app').setAttribute('aria-hidden', 'true')
          document.addEventListener('focusin', keep) }
        function keep(event) { var modal = document.querySelector('.modal'); if (!modal.contains(event.target)) modal.focus() }
        function closeModal() { document.body.classList.remove('modal-open'); document.removeEventListener('focusin', keep)
          document.querySelector('.modal').remove() }</script>`,
      ),
    prepare: (page_) => page_.evaluate('openModal()'),
    check: (page_) => page_.evaluate('closeModal()'),
    usesOwn: false,
  },
  {
    name: 'in an inert part of the page, begun by a button of the page’s own',
    html: ({ module, element, own }) =>
      page(
        module,
        `${own}<main inert>${element}</main><button id="go" onclick="document.querySelector('seon-verify').start()">Go</button>`,
      ),
    open: (page_) => page_.locator('#go').click(),
  },
  ...(
    [
      ['a box that cuts off', 'overflow: hidden; height: 60px; width: 300px; border-radius: 20px'],
      [
        'a box that is moved, scaled and turned',
        'transform: translate(40px) scale(.8) rotate(2deg); perspective: 100px',
      ],
      [
        'a box with filters, masks and blends',
        'filter: blur(.2px); backdrop-filter: blur(1px); mix-blend-mode: multiply; mask: linear-gradient(#000, #000)',
      ],
      [
        'a contained box',
        'contain: strict; height: 200px; width: 400px; content-visibility: auto; container-type: size',
      ],
      [
        'a box in a layer of its own',
        'position: fixed; inset: auto 0 0 auto; z-index: 2147483647; isolation: isolate; will-change: transform; clip-path: inset(0); background: #fff',
      ],
      [
        'a zoomed box in columns',
        'zoom: 1.4; columns: 2; writing-mode: horizontal-tb; display: grid; place-items: center',
      ],
      ['vertical lines', 'writing-mode: vertical-rl; height: 500px'],
    ] as const
  ).map(([name, style]) => ({
    name: `in ${name}`,
    html: ({ module, element, own }: { module: string; element: string; own: string }) =>
      page(module, `<div style="position: relative; z-index: 0">${own}</div><div style="${style}">${element}</div>`),
  })),
  {
    name: 'inline in a box that is moved, cuts off and is contained',
    html: ({ module, userId, own }) =>
      page(
        module,
        `${own}<div style="transform: translate(20px); overflow: hidden; contain: paint; width: 500px"><seon-verify mode="inline" user-id="${userId}"></seon-verify></div>`,
      ),
  },
  {
    name: 'a body that is moved, faded and does not scroll itself',
    html: ({ module, element, own }) =>
      page(
        `${module}<style>html, body { height: 100%; margin: 0; overflow: hidden } body { transform: scale(.9); opacity: .9; filter: sepia(1); overflow: auto; display: flex; flex-direction: column }</style>`,
        `${own}${element}`,
      ),
  },
  {
    name: 'a style sheet that resets everything, each rule important',
    html: ({ module, element, own }) => page(`${module}${RESETS}`, `${own}${element}`),
  },
  {
    name: 'a style sheet that resets everything, inline',
    html: ({ module, userId, own }) =>
      page(`${module}${RESETS}`, `${own}<seon-verify mode="inline" user-id="${userId}"></seon-verify>`),
  },
])

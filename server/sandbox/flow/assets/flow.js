// The hosted page's script. Plain JavaScript on purpose: it is served as it is, without a build.
// Speaks the SDK's protocol (read in the SDK 0.0.3): out `{event, eventData?}`, in `{source, event, payload}`.
;(() => {
  const host = window.parent === window ? window.opener : window.parent
  /** How long the SDK's agent may take for a device hash before the flow goes on without, ms. */
  const DEVICE_HASH_MS = 15_000
  /** Below this a screen of its own would only flicker. */
  const WAIT_SHOWN_MS = 300
  let busy = false

  applyTheme(JSON.parse(document.getElementById('run').textContent).theme)
  document.addEventListener('DOMContentLoaded', () => {
    const screen = document.querySelector('main').dataset.screen
    if (screen !== 'welcome') show(screen)
  })
  document.addEventListener('click', handleClick)
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !busy) void end('cancelled')
  })

  // The page that embeds us may be on any origin, and nothing said here is secret.
  function tell(event, eventData) {
    host?.postMessage({ event, eventData }, '*')
  }

  function handleClick(event) {
    const button = event.target instanceof Element ? event.target.closest('button') : null
    if (button === null || busy) return
    const { begin: next, go, end: how, error } = button.dataset
    if (next !== undefined) void begin(next)
    else if (go !== undefined) show(go)
    else if (how !== undefined) void end(how)
    else if (error !== undefined) fail(error)
  }

  async function begin(next) {
    const answer = await post('begin')
    if (answer === null) return
    tell('started')
    if (answer.deviceHash) await waiting(requestDeviceHash())
    show(next)
  }

  async function end(how) {
    const { screen } = document.querySelector('main').dataset
    if (screen === 'done') return
    // Nothing is left to end; the frame can still be closed.
    if (screen === 'used') return tell('cancelled')
    // `post` outlives this page: a tab closed right now still ends the run.
    const answer = await post('end', { end: how })
    if (answer === null) return
    show('done')
    tell(answer.event, answer.eventData)
  }

  /** Says so only if it takes long enough to be seen; meanwhile nothing can be clicked. */
  async function waiting(work) {
    busy = true
    const timer = setTimeout(() => show('wait'), WAIT_SHOWN_MS)
    try {
      return await work
    } finally {
      clearTimeout(timer)
      busy = false
    }
  }

  function fail(code) {
    document.querySelector('[data-error-code]').textContent = code
    show('error')
    tell('error', code)
  }

  async function post(action, body = {}) {
    const response = await waiting(
      fetch(`${location.pathname}/${action}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        keepalive: true,
      }),
    )
    if (response.ok) return response.json()
    show('used')
    tell('error', 'error_code_3')
    return null
  }

  /** The SDK answers with one of four events; whichever it is, the flow goes on. */
  function requestDeviceHash() {
    return new Promise((resolve) => {
      const timer = setTimeout(finish, DEVICE_HASH_MS)
      function finish() {
        clearTimeout(timer)
        window.removeEventListener('message', handleMessage)
        resolve()
      }
      function handleMessage({ source, data }) {
        if (source === host && data?.source === 'orchestration-websdk') finish()
      }
      window.addEventListener('message', handleMessage)
      tell('device_hash_requested')
    })
  }

  function show(screen) {
    const main = document.querySelector('main')
    main.dataset.screen = screen
    const steps = [...main.querySelectorAll('.progress li')]
    const current = steps.findIndex((step) => step.dataset.of === screen)
    main.querySelector('.progress').hidden = current === -1
    steps.forEach((step, index) => {
      step.classList.toggle('past', index < current)
      if (index === current) step.setAttribute('aria-current', 'step')
      else step.removeAttribute('aria-current')
    })
    main.querySelector(`[data-for="${screen}"] h1`)?.focus({ preventScroll: true })
    window.scrollTo(0, 0)
  }

  /** The SDK's `theme`: colours per scheme, a font by name, a logo; what is no colour is left out. */
  function applyTheme(theme) {
    const root = document.documentElement
    const { light, dark, fontFamily, fontWeight } = theme ?? {}
    const prefersDark = window.matchMedia('(prefers-color-scheme: dark)')
    // A theme for one scheme only means that scheme.
    const readScheme = () => {
      if (Boolean(light) !== Boolean(dark)) return light ? 'light' : 'dark'
      return prefersDark.matches ? 'dark' : 'light'
    }
    root.dataset.scheme = readScheme()
    prefersDark.addEventListener('change', () => (root.dataset.scheme = readScheme()))
    const set = (name, value, property = 'color') => {
      if (typeof value === 'string' && CSS.supports(property, value)) root.style.setProperty(name, value)
    }
    for (const [scheme, colours] of Object.entries({ light, dark })) {
      set(`--${scheme}-accent`, colours?.baseAccent)
      set(`--${scheme}-on-accent`, colours?.baseOnAccent)
      set(`--${scheme}-text`, scheme === 'light' ? colours?.baseTextOnLight : colours?.baseTextOnDark)
    }
    set('--font', fontFamily, 'font-family')
    set('--weight', fontWeight, 'font-weight')
    const logo = (root.dataset.scheme === 'dark' ? dark : light)?.logoUrl
    if (typeof logo !== 'string') return
    document.addEventListener('DOMContentLoaded', () => {
      const image = document.querySelector('.logo')
      image.addEventListener('load', () => (image.hidden = false))
      image.src = logo
    })
  }
})()

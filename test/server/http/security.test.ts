import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, before, describe, it } from 'node:test'
import express from 'express'
import { createSecurityHeaders, SEON_ORIGINS } from '../../../server/http/security.ts'
import { listen, stop } from '../../helpers/listen.ts'

function directivesOf(headers: Headers): Record<string, string> {
  const policy = headers.get('content-security-policy') ?? ''
  return Object.fromEntries(policy.split(';').map((directive) => directive.trim().split(/ (.*)/, 2)))
}

describe('createSecurityHeaders', () => {
  let publicUrl: string | null = null
  const app = express()
  const server = createServer(app)
  const surfaces = createSecurityHeaders({
    publicUrl: () => publicUrl,
    vendorOrigins: () => SEON_ORIGINS,
    allowedOrigins: ['https://shop.example.com'],
  })
  for (const [name, handler] of Object.entries(surfaces)) {
    app.get(`/${name}`, handler, (_request, response) => response.send('x'))
  }
  let url = ''
  before(async () => {
    url = await listen(server)
  })
  after(() => stop(server))
  const headersOf = async (surface: keyof typeof surfaces) => (await fetch(`${url}/${surface}`)).headers

  it('lets no surface run script from elsewhere, sniff types or speak for other hosts', async () => {
    for (const surface of ['page', 'hosted', 'embed', 'dashboard', 'api', 'script'] as const) {
      const headers = await headersOf(surface)
      const directives = directivesOf(headers)
      assert.equal(directives['default-src'], "'none'", surface)
      assert.ok([undefined, "'self'"].includes(directives['script-src']), surface)
      assert.equal(headers.get('x-content-type-options'), 'nosniff', surface)
      assert.equal(headers.get('strict-transport-security'), 'max-age=31536000', surface)
    }
  })

  it('leaves the page room for SEON and for its popup', async () => {
    publicUrl = 'https://verify.example.com'
    const headers = await headersOf('page')
    const directives = directivesOf(headers)
    assert.equal(
      directives['connect-src'],
      "'self' wss://verify.example.com https://*.seon.io https://*.seondnsresolve.com",
    )
    assert.equal(directives['frame-src'], 'https://*.seon.io https://*.seondnsresolve.com')
    assert.equal(directives['worker-src'], "'self' blob:")
    assert.equal(directives['require-trusted-types-for'], undefined, 'the SDK sets innerHTML')
    assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin-allow-popups')
    assert.equal(headers.get('cross-origin-embedder-policy'), null)
    assert.equal(headers.get('permissions-policy'), null, 'camera reaches the frame by its allow attribute')
  })

  it('frames the hosted page nowhere and tells nobody its address', async () => {
    const headers = await headersOf('hosted')
    assert.equal(directivesOf(headers)['frame-ancestors'], "'none'")
    assert.equal(headers.get('x-frame-options'), 'DENY')
    assert.equal(headers.get('referrer-policy'), 'no-referrer')
  })

  it('lets pages that may embed frame the embed page, and no others', async () => {
    const headers = await headersOf('embed')
    assert.equal(directivesOf(headers)['frame-ancestors'], "'self' https://shop.example.com")
    assert.equal(headers.get('x-frame-options'), null)
  })

  it('closes the dashboard to frames, markup from strings and other hosts', async () => {
    const headers = await headersOf('dashboard')
    const directives = directivesOf(headers)
    assert.equal(directives['frame-ancestors'], "'none'")
    assert.equal(directives['frame-src'], undefined)
    assert.equal(directives['connect-src'], "'self' wss://verify.example.com")
    assert.equal(directives['require-trusted-types-for'], "'script'")
    assert.equal(headers.get('x-frame-options'), 'DENY')
    assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin')
    assert.match(headers.get('permissions-policy') ?? '', /camera=\(\)/)
    assert.equal(headers.get('referrer-policy'), 'same-origin', "a form's post keeps its Origin")
  })

  it('knows the address of its own sockets only once there is one', async () => {
    publicUrl = null
    assert.equal(directivesOf(await headersOf('dashboard'))['connect-src'], "'self' 'self'")
  })

  it('keeps answers of the API out of caches and the element open to other sites', async () => {
    const api = await headersOf('api')
    assert.deepEqual([api.get('cache-control'), api.get('referrer-policy')], ['no-store', 'no-referrer'])
    const script = await headersOf('script')
    assert.equal(script.get('access-control-allow-origin'), '*')
    assert.equal(script.get('cross-origin-resource-policy'), 'cross-origin')
  })
})

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import express from 'express'
import { createSecurityHeaders, SEON_ORIGINS } from '../../server/http/security.ts'
import { describePagePolicy } from '../../server/page-policy.ts'
import { listen, stop } from '../helpers/listen.ts'

const run = promisify(execFile)
const script = fileURLToPath(new URL('../../server/page-policy.ts', import.meta.url))

describe('what a page’s policy must allow', () => {
  it('is allowed by our own pages that hold the element', async () => {
    const { page } = createSecurityHeaders({
      publicUrl: () => 'https://verify.example.com',
      vendorOrigins: () => SEON_ORIGINS,
      allowedOrigins: 'any',
    })
    const app = express().get('/', page, (_request, response) => response.end())
    const server = createServer(app)
    const policy = (await fetch(await listen(server))).headers.get('content-security-policy') ?? ''
    await stop(server)
    const allowed = new Map(policy.split(';').map((directive) => [directive.split(' ')[0], directive.split(' ')]))
    const needed = describePagePolicy({ server: "'self'", sockets: 'wss://verify.example.com' })
    for (const [directive, sources] of Object.entries(needed)) {
      for (const source of sources)
        assert.ok(allowed.get(directive)?.includes(source), `${directive} ${source}: ${policy}`)
    }
  })

  it('is printed as headers for the server that is named', async () => {
    const { stdout } = await run(process.execPath, [
      script,
      'https://verify.example.com/',
      '--nonce',
      '--trusted-types',
    ])
    assert.match(
      stdout,
      /^Content-Security-Policy: script-src 'nonce-[^;]+; connect-src https:\/\/verify.example.com wss:/,
    )
    assert.match(stdout, /require-trusted-types-for 'script'; trusted-types lit-html$/m)
    assert.match(stdout, /^Permissions-Policy: camera=\(self "https:\/\/\*\.seon\.io"\)/m)
  })

  it('is asked for in a known way, or told how to ask', async () => {
    for (const wrong of [[], ['verify.example.com'], ['https://verify.example.com', '--loose']]) {
      await assert.rejects(run(process.execPath, [script, ...wrong]), /npm run policy/)
    }
  })
})

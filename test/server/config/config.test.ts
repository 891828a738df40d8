import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ConfigError, readConfig } from '../../../server/config/config.ts'

type Env = Record<string, string | undefined>

const WORKFLOW = '3f0c1a52-9f0e-4d0b-8a4f-0d5f0f3a7b11'
const live = (more: Env = {}): Env => ({
  SEON_API_KEY: 'an-api-key',
  SEON_BASE_URL: 'https://api.seon.io/orchestration-api',
  PUBLIC_URL: 'https://verify.example.com',
  WORKFLOW_ID: WORKFLOW,
  SEON_WEBHOOK_SECRET: 'a-webhook-secret',
  ADMIN_TOKEN: 'an-admin-token-long-enough',
  ALLOWED_ORIGINS: 'https://shop.example.com',
  USER_TOKEN_SECRET: 'a-user-token-secret-of-32-characters',
  ...more,
})

const OIDC: Env = {
  OIDC_ISSUER: 'https://accounts.example.com',
  OIDC_CLIENT_ID: 'an-invented-client',
  OIDC_CLIENT_SECRET: 'an-invented-secret',
}

function problemsOf(env: Env) {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return error
    throw error
  }
  return assert.fail('the configuration was accepted')
}
const variablesOf = (env: Env) => problemsOf(env).problems.map(({ variable }) => variable)

const warningsOf = (more: Env) => readConfig(live(more)).warnings

describe('readConfig', () => {
  it('needs nothing in the sandbox', () => {
    const config = readConfig({})
    assert.equal(config.environment, 'sandbox')
    assert.deepEqual([config.port, config.host, config.sandboxPort, config.publicUrl], [3000, '127.0.0.1', 3001, null])
    assert.deepEqual(
      [config.seon.apiKey, config.seon.baseUrl, config.adminToken, config.userTokenSecret],
      [null, null, null, null],
    )
    assert.equal(config.databaseUrl, 'sqlite:data/sandbox.db')
    assert.equal(config.allowedOrigins, 'any')
    assert.equal(config.restart, 'unless-approved')
    assert.deepEqual(config.initLimits, {
      address: { count: 30, windowMs: 60_000 },
      user: { count: 5, windowMs: 60_000 },
    })
    assert.deepEqual(config.warnings, [])
  })

  it('reads a live environment', () => {
    const config = readConfig(
      live({ WORKFLOWS: `basic:${WORKFLOW}, full:9f0c1a52-9f0e-4d0b-8a4f-0d5f0f3a7b12`, TRUST_PROXY: '1' }),
    )
    assert.equal(config.environment, 'live')
    assert.deepEqual([config.host, config.publicUrl, config.trustProxy], ['0.0.0.0', 'https://verify.example.com', 1])
    assert.equal(config.databaseUrl, 'sqlite:data/seon-verify.db')
    assert.deepEqual([...config.seon.workflows.keys()], ['basic', 'full'])
    assert.deepEqual(config.warnings, [])
  })

  it('reads who may sign in through which OpenID provider', () => {
    const rules = { OIDC_ADMINS: 'Ada@Example.com, group:Compliance', OIDC_VIEWERS: '@example.com' }
    assert.deepEqual(readConfig({ ...OIDC, ...rules }).oidc, {
      issuer: 'https://accounts.example.com',
      clientId: 'an-invented-client',
      clientSecret: 'an-invented-secret',
      scope: 'openid email profile',
      admins: ['ada@example.com', 'group:Compliance'],
      viewers: ['@example.com'],
    })
    const issuer = 'https://login.example.com/realms/one/'
    assert.equal(readConfig({ ...OIDC, ...rules, OIDC_ISSUER: issuer }).oidc?.issuer, issuer, 'to the letter')
    assert.equal(readConfig({}).oidc, null)
    assert.deepEqual(variablesOf(OIDC), ['OIDC_ADMINS'], 'nobody could sign in')
    assert.deepEqual(variablesOf(rules), ['OIDC_ISSUER'])
    assert.deepEqual(variablesOf({ ...rules, OIDC_ISSUER: issuer }), ['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'])
  })

  it('names everything that a live server lacks, at once', () => {
    assert.deepEqual(variablesOf({ SEON_API_KEY: 'k' }).toSorted(), [
      'ADMIN_TOKEN',
      'ALLOWED_ORIGINS',
      'PUBLIC_URL',
      'SEON_BASE_URL',
      'SEON_WEBHOOK_SECRET',
      'USER_TOKEN_SECRET',
      'WORKFLOW_ID',
    ])
  })

  it('takes blank for absent and lets spaces around a value be', () => {
    assert.equal(readConfig({ SEON_API_KEY: '', ADMIN_TOKEN: '  ' }).environment, 'sandbox')
    assert.equal(readConfig({ PORT: ' 8080 ' }).port, 8080)
    assert.deepEqual(variablesOf(live({ USER_TOKEN_SECRET: ' ' })), ['USER_TOKEN_SECRET'])
  })

  it('picks free ports where PORT is 0, and a sandbox port of its own', () => {
    assert.equal(readConfig({ PORT: '0' }).sandboxPort, 0)
    assert.equal(readConfig({ PORT: '65535' }).sandboxPort, 0)
    assert.deepEqual(variablesOf({ PORT: '80', SANDBOX_PORT: '80' }), ['SANDBOX_PORT'])
  })

  it('keeps values of every kind of secret out of its messages', () => {
    const canary = 'canary with spaces ☃'
    const names = [
      'SEON_API_KEY',
      'SEON_WEBHOOK_SECRET',
      'SEON_LICENSE_KEY',
      'ADMIN_TOKEN',
      'API_TOKEN',
      'USER_TOKEN_SECRET',
    ]
    names.push(
      'OIDC_CLIENT_SECRET',
      'INCODE_WEBHOOK_CLIENT_SECRET',
      'INCODE_WEBHOOK_HEADER',
      'INCODE_API_KEY',
      'INCODE_API_TOKEN',
    )
    names.push(
      'DATABASE_URL',
      'STATUS_WEBHOOK_SECRET',
      'STATUS_WEBHOOK_URL',
      'SEON_BASE_URL',
      'ALLOWED_ORIGINS',
      'WORKFLOWS',
    )
    const error = problemsOf(Object.fromEntries(names.map((name) => [name, canary])))
    for (const name of names) assert.ok(error.message.includes(name), name)
    assert.equal(JSON.stringify(error.problems).includes('canary'), false)
    assert.equal(`${error.message}${error.stack}`.includes('canary'), false)
  })

  const refused: [string, string, Env?][] = [
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80a'],
    ['HOST', 'a b'],
    ['PUBLIC_URL', 'verify.example.com'],
    ['PUBLIC_URL', 'https://verify.example.com/path'],
    ['PUBLIC_URL', 'ftp://verify.example.com'],
    ['TRUST_PROXY', 'true'],
    ['TRUST_PROXY', '33'],
    ['SEON_API_KEY', 'two\nlines'],
    ['SEON_BASE_URL', 'https://user:pass@api.seon.io'],
    ['SEON_BASE_URL', 'https://api.seon.io?x=1'],
    ['SEON_BASE_URL', 'file:///etc/passwd'],
    ['WORKFLOW_ID', 'not-a-uuid'],
    ['WORKFLOWS', `basic=${WORKFLOW}`],
    ['WORKFLOWS', `a:${WORKFLOW},a:${WORKFLOW}`],
    ['WORKFLOWS', `a:${WORKFLOW},`],
    ['SEON_WEBHOOK_SECRET', ','],
    ['SEON_LICENSE_KEY', 'live:'],
    ['INCODE_WEBHOOK_HEADER', 'no-colon'],
    ['INCODE_WEBHOOK_HEADER', 'x y: z'],
    ['DATABASE_URL', 'mysql://x'],
    ['DATABASE_URL', 'sqlite:'],
    ['RAW_RETENTION_DAYS', '0'],
    ['SEON_PANEL_URL', 'https://panel.example.com/runs'],
    ['SEON_PANEL_URL', 'http://panel.example.com/{executionId}'],
    ['SEON_PANEL_URL', 'javascript:alert({executionId})'],
    ['SEON_PANEL_URL', 'https://{executionId}.example.com/'],
    ['SEON_PANEL_URL', 'https://panel.example.com/{executionId}/{executionId}'],
    ['ADMIN_TOKEN', 'short'],
    ['API_TOKEN', 'the-same-token-for-both', { ADMIN_TOKEN: 'the-same-token-for-both' }],
    ['ALLOWED_ORIGINS', '*'],
    ['ALLOWED_ORIGINS', 'null'],
    ['ALLOWED_ORIGINS', 'https://shop.example.com/path'],
    ['ALLOWED_ORIGINS', 'https://*.example.com'],
    ['USER_TOKEN_SECRET', 'thirty-one-characters-is-short!'],
    ['ALLOW_UNSIGNED_USERS', 'perhaps'],
    ['RESTART', 'sometimes'],
    ['INIT_LIMITS', 'address=0/m'],
    ['INIT_LIMITS', 'address=5'],
    ['INIT_LIMITS', 'peer=5/m'],
    ['AUDIT_RETENTION_DAYS', '0'],
    ['OIDC_ISSUER', 'accounts.example.com', OIDC],
    ['OIDC_ISSUER', 'http://accounts.example.com', OIDC],
    ['OIDC_ISSUER', 'http://127.0.0.1.example.com', OIDC],
    ['OIDC_ISSUER', 'https://accounts.example.com?tenant=1', OIDC],
    ['OIDC_SCOPE', 'email', OIDC],
    ['OIDC_SCOPE', 'openid  email', OIDC],
    ['OIDC_ADMINS', 'ada', OIDC],
    ['OIDC_ADMINS', '@', OIDC],
    ['OIDC_ADMINS', 'ada@example.com,', OIDC],
    ['OIDC_ADMINS', 'ada@example.com@example.org', OIDC],
    ['OIDC_VIEWERS', 'group:', OIDC],
    ['OIDC_VIEWERS', 'groups:support', OIDC],
    ['STATUS_WEBHOOK_SECRET', 'whsec_dG9vIHNob3J0', { STATUS_WEBHOOK_URL: 'https://shop.example.com/hook' }],
  ]
  for (const [name, given, more] of refused) {
    it(`refuses ${name}=${JSON.stringify(given)}`, () =>
      assert.ok(variablesOf({ ...more, [name]: given }).includes(name)))
  }

  it('wants the parts of a setting together', () => {
    assert.deepEqual(variablesOf({ INCODE_WEBHOOK_CLIENT_ID: 'id' }), ['INCODE_WEBHOOK_CLIENT_SECRET'])
    assert.deepEqual(variablesOf({ INCODE_API_URL: 'https://api.example.com' }).toSorted(), [
      'INCODE_API_KEY',
      'INCODE_API_TOKEN',
    ])
    assert.deepEqual(variablesOf({ STATUS_WEBHOOK_URL: 'https://shop.example.com/hook' }), ['STATUS_WEBHOOK_SECRET'])
  })

  it('reads lists, keys by environment and limits', () => {
    const config = readConfig(
      live({
        SEON_WEBHOOK_SECRET: 'new-secret, old-secret',
        SEON_LICENSE_KEY: 'live:k1,sandbox:k2,livex',
        ALLOWED_ORIGINS: 'https://Shop.example.com:443,https://shop.example.com/,http://localhost:8080',
        INIT_LIMITS: 'user=1/h',
        RESTART: 'never',
        SEON_BASE_URL: 'https://api.seon.io/orchestration-api//',
        DATABASE_URL: 'postgres://u:p@db/x',
        INCODE_WEBHOOK_HEADER: 'X-Hook-Key: a b',
        RAW_RETENTION_DAYS: '7',
        SEON_PANEL_URL: 'https://panel.example.com/#/runs/{executionId}?tab=1',
      }),
    )
    assert.deepEqual(config.seon.webhookSecrets, ['new-secret', 'old-secret'])
    assert.deepEqual(config.seon.licenseKeys, [
      { environment: 'live', key: 'k1' },
      { environment: 'sandbox', key: 'k2' },
      { environment: 'live', key: 'livex' },
    ])
    assert.deepEqual(config.allowedOrigins, ['https://shop.example.com', 'http://localhost:8080'])
    assert.deepEqual(config.initLimits, {
      address: { count: 30, windowMs: 60_000 },
      user: { count: 1, windowMs: 3_600_000 },
    })
    assert.equal(config.seon.baseUrl, 'https://api.seon.io/orchestration-api')
    assert.equal(config.databaseUrl, 'postgres://u:p@db/x')
    assert.deepEqual(config.incode.header, { name: 'x-hook-key', value: 'a b' })
    assert.equal(config.rawRetentionDays, 7)
    assert.equal(config.seonPanelUrl, 'https://panel.example.com/#/runs/{executionId}?tab=1')
    assert.equal(config.restart, 'never')
  })

  it('lets users go unsigned only on a word, and warns', () => {
    assert.deepEqual(variablesOf(live({ USER_TOKEN_SECRET: undefined })), ['USER_TOKEN_SECRET'])
    assert.deepEqual(variablesOf(live({ USER_TOKEN_SECRET: undefined, ALLOW_UNSIGNED_USERS: '0' })), [
      'USER_TOKEN_SECRET',
    ])
    const config = readConfig(live({ USER_TOKEN_SECRET: undefined, ALLOW_UNSIGNED_USERS: '1' }))
    assert.deepEqual([config.userTokenSecret, config.warnings], [null, ['unsigned_users']])
    assert.deepEqual(readConfig(live({ ALLOW_UNSIGNED_USERS: '1' })).warnings, [])
  })

  it('warns of plain http and private addresses', () => {
    assert.deepEqual(warningsOf({ SEON_BASE_URL: 'http://10.0.0.7:9000/seon' }), [
      'seon_base_url_insecure',
      'seon_base_url_private',
    ])
    for (const host of [
      '127.0.0.1',
      '[::1]',
      '192.168.1.1',
      '172.20.0.1',
      '169.254.1.1',
      '[fd00::1]',
      'seon',
      'seon.internal',
    ]) {
      assert.deepEqual(warningsOf({ SEON_BASE_URL: `https://${host}/x` }), ['seon_base_url_private'], host)
    }
    assert.deepEqual(warningsOf({ SEON_BASE_URL: 'https://172.32.0.1/x' }), [])
    assert.deepEqual(warningsOf({ PUBLIC_URL: 'http://verify.example.com' }), ['public_url_insecure'])
    for (const forgotten of [
      { SEON_BASE_URL: 'https://api.seon.io/x' },
      { PUBLIC_URL: 'https://verify.example.com' },
    ]) {
      assert.deepEqual(readConfig(forgotten).warnings, ['sandbox_by_omission'], 'SEON_API_KEY was misspelt')
    }
  })

  it('honours what the sandbox is given', () => {
    const config = readConfig({
      USER_TOKEN_SECRET: 'a-user-token-secret-of-32-characters',
      ALLOWED_ORIGINS: 'https://a.example',
    })
    assert.equal(config.userTokenSecret, 'a-user-token-secret-of-32-characters')
    assert.deepEqual(config.allowedOrigins, ['https://a.example'])
  })
})

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { INPUT_FIELDS } from '../../../server/vendors/seon-input-fields.ts'
import { parseInitBody } from '../../../server/vendors/seon-inputs.ts'

const page = { live: true, token: null }
const sandbox = { live: false, token: null }

function inputsOf(body: unknown, options: Parameters<typeof parseInitBody>[1] = sandbox) {
  const read = parseInitBody(body, options)
  return read.ok ? read.inputs : assert.fail(JSON.stringify(read.fields))
}
function wrongOf(body: unknown, options: Parameters<typeof parseInitBody>[1] = page) {
  const read = parseInitBody(body, options)
  return read.ok ? assert.fail('accepted') : read.fields
}

describe('parseInitBody', () => {
  it("takes the body of SEON's guide", () => {
    const body = { userId: 'user-123', email: 'ada@example.com', phoneNumber: '+1 415-555-1234' }
    const expected = { user_id: 'user-123', email: 'ada@example.com', phone_number: '14155551234' }
    assert.deepEqual(inputsOf(body), expected)
    assert.deepEqual(inputsOf({ user_id: 'user-123', email: 'ada@example.com', phone_number: '14155551234' }), expected)
  })

  it("knows every field of the SDK's table, in both spellings", () => {
    const path = new URL('../../../node_modules/@seontechnologies/seon-orchestration/README.md', import.meta.url)
    const [, table = ''] = /### 1\.6\.5([^]*?)### 1\.6\.6/.exec(readFileSync(path, 'utf8')) ?? []
    const names = [...table.matchAll(/`([a-z][a-z0-9_]+)`/g)].flatMap(([, name = '']) => name)
    const fields = new Set(names.filter((name) => !['string', 'number', 'object', 'array'].includes(name)))
    assert.ok(fields.size > 55, `${fields.size} fields`)
    for (const name of fields) assert.equal(INPUT_FIELDS.get(name)?.name, name)
    assert.equal(new Set([...INPUT_FIELDS.values()].map(({ name }) => name)).size, fields.size)
    assert.equal(INPUT_FIELDS.get('userPhotoidNumber')?.name, 'user_photoid_number')
    assert.equal(INPUT_FIELDS.get('userStreet2')?.name, 'user_street2')
  })

  it('takes every field in its documented form', () => {
    const inputs = {
      user_id: 'u',
      user_dob: '1985-03-22',
      user_country: 'HU',
      user_region: 'CA',
      nin: '12345678901',
      bvn: '12345678901',
      cpf: '123.456.789-00',
      curp: 'ABCD850322HDFLRN09',
      ssn: '123-45-6789',
      aadhaar: '123456789012',
      user_created: 1_700_000_000,
      ip: '2001:db8::1',
      session: 's'.repeat(5000),
      reference_image: 'https://shop.example.com/u.jpg',
      transaction_id: 't-1',
      transaction_amount: 539.99,
      transaction_currency: 'USD',
      payment_id: 'p'.repeat(100),
      card_bin: '411111',
      card_last: '1111',
      shipping_phone: '14155551234',
      billing_street2: 'Floor 2',
      custom_fields: { loyal: true, score: 4, tags: ['a', 'b'], note: null },
      items: [{ item_id: '1', item_price: 3.5, item_custom_fields: { size: 'L' } }],
    }
    assert.deepEqual(inputsOf(inputs), inputs)
  })

  it('writes codes in capitals and phone numbers as digits', () => {
    const inputs = inputsOf({
      userId: 'u',
      userCountry: 'hu',
      curp: 'abcd850322hdflrn09',
      billingPhone: '+36 30–123 4567',
    })
    assert.deepEqual(
      [inputs['user_country'], inputs['curp'], inputs['billing_phone']],
      ['HU', 'ABCD850322HDFLRN09', '36301234567'],
    )
  })

  const bad: [string, unknown, string][] = [
    ['userId', 7, 'type'],
    ['userId', null, 'type'],
    ['userId', '', 'empty'],
    ['userId', 'x'.repeat(256), 'too_long'],
    ['userId', 'a\u0000b', 'format'],
    ['userId', 'a\nb', 'format'],
    ['userId', '\ud800', 'format'],
    ['userId', ['u'], 'type'],
    ['email', 'nobody', 'format'],
    ['email', 'a b@example.com', 'format'],
    ['email', `${'a'.repeat(250)}@example.com`, 'too_long'],
    ['phoneNumber', '+1 (415) 555', 'format'],
    ['phoneNumber', '1'.repeat(20), 'too_long'],
    ['phoneNumber', '+', 'format'],
    ['phoneNumber', 14155551234, 'type'],
    ['userDob', '1985-02-30', 'format'],
    ['userDob', '22.03.1985', 'format'],
    ['userCountry', 'HUN', 'format'],
    ['userRegion', 'C-A', 'format'],
    ['nin', '1234567890', 'format'],
    ['bvn', '1234567890a', 'format'],
    ['cpf', '12345678900', 'format'],
    ['curp', 'ABCD', 'format'],
    ['ssn', '123456789', 'format'],
    ['aadhaar', '1234 5678 9012', 'format'],
    ['userName', 'x', 'unknown_field'],
    ['user_ID', 'x', 'unknown_field'],
    ['constructor', 'x', 'unknown_field'],
    ['workflow', 7, 'type'],
  ]
  for (const [name, value, code] of bad) {
    it(`answers ${code} to ${name}: ${JSON.stringify(value)?.slice(0, 40)}`, () => {
      assert.deepEqual(wrongOf({ userId: 'u', [name]: value }), { [name]: code })
    })
  }

  const badFromToken: [string, unknown, string][] = [
    ['user_created', '1700000000', 'type'],
    ['user_created', 1.5, 'type'],
    ['user_created', -1, 'format'],
    ['ip', '300.1.1.1', 'format'],
    ['transaction_amount', '5', 'type'],
    ['transaction_amount', Number.POSITIVE_INFINITY, 'type'],
    ['transaction_currency', 'DOLLARS', 'format'],
    ['payment_id', 'p'.repeat(101), 'too_long'],
    ['card_bin', '411', 'format'],
    ['card_last', '11111', 'format'],
    ['custom_fields', [], 'type'],
    ['custom_fields', { deep: { er: 1 } }, 'format'],
    ['items', {}, 'type'],
    ['items', ['x'], 'format'],
  ]
  for (const [name, value, code] of badFromToken) {
    it(`answers ${code} to ${name}: ${JSON.stringify(value).slice(0, 40)} in a token`, () => {
      const token = { userId: 'u', workflow: null, inputs: { [name]: value } }
      assert.deepEqual(wrongOf({}, { live: true, token }), { [name]: code })
    })
  }

  it('names every wrong field at once and no value', () => {
    const wrong = wrongOf({ email: 'canary-value', nin: 'canary-value', canaryField: 'canary-value' })
    assert.deepEqual(wrong, { email: 'format', nin: 'format', canaryField: 'unknown_field', userId: 'required' })
    assert.equal(JSON.stringify(wrong).includes('canary-value'), false)
  })

  it('bounds what it names', () => {
    const wrong = wrongOf(Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`${'x'.repeat(100)}${i}`, 1])))
    assert.ok(Object.keys(wrong).length <= 50)
    assert.ok(Object.keys(wrong).every((name) => name.length <= 64))
  })

  it('takes both spellings with one value and refuses them with two', () => {
    assert.equal(inputsOf({ userId: 'u', user_id: 'u' }).user_id, 'u')
    assert.deepEqual(wrongOf({ userId: 'u', user_id: 'v' }), { userId: 'conflict', user_id: 'conflict' })
    assert.deepEqual(wrongOf({ userId: 'u', phone_number: 1, phoneNumber: 2 }), {
      phone_number: 'conflict',
      phoneNumber: 'conflict',
    })
  })

  it('takes what a page may not say from a token only, live', () => {
    const names = ['ip', 'session', 'device_id', 'reference_image', 'user_created', 'custom_fields', 'items']
    names.push('transaction_id', 'transaction_type', 'transaction_amount', 'transaction_currency')
    names.push('payment_id', 'payment_mode', 'payment_provider', 'card_bin', 'card_last', 'card_fullname')
    for (const name of names) assert.deepEqual(wrongOf({ userId: 'u', [name]: 'x' }), { [name]: 'token_only' })
    assert.deepEqual(wrongOf({ userId: 'u', transactionId: 'x' }), { transactionId: 'token_only' })
    assert.equal(inputsOf({ userId: 'u', ip: '192.0.2.1' }, sandbox)['ip'], '192.0.2.1')
    const token = { userId: 'u', workflow: null, inputs: { ip: '192.0.2.1', transactionId: 't' } }
    assert.deepEqual(inputsOf({}, { live: true, token }), { user_id: 'u', ip: '192.0.2.1', transaction_id: 't' })
  })

  it("lets a token's word win", () => {
    const token = { userId: 'signed', workflow: 'full', inputs: { email: 'signed@example.com' } }
    const read = parseInitBody(
      { userId: 'claimed', email: 'claimed@example.com', workflow: 'basic' },
      { live: true, token },
    )
    assert.deepEqual(read, { ok: true, inputs: { user_id: 'signed', email: 'signed@example.com' }, workflow: 'full' })
    const contradicting = { userId: 'signed', workflow: null, inputs: { user_id: 'other' } }
    assert.deepEqual(wrongOf({}, { live: true, token: contradicting }), { user_id: 'conflict' })
  })

  it('refuses bodies that are no objects', () => {
    for (const body of [null, 'x', 7, [], true, undefined]) assert.deepEqual(wrongOf(body), {})
  })

  it('treats __proto__ as one more unknown name', () => {
    const wrong = wrongOf(
      JSON.parse('{"userId":"u","__proto__":{"user_id":"v"},"constructor":{"prototype":{"admin":1}}}'),
    )
    assert.deepEqual(Object.entries(wrong), [
      ['__proto__', 'unknown_field'],
      ['constructor', 'unknown_field'],
    ])
    const inputs = inputsOf(JSON.parse('{"userId":"u","custom_fields":{"__proto__":{"admin":true},"a":1}}'))
    assert.deepEqual(inputs['custom_fields'], { a: 1 })
    assert.equal('admin' in {}, false)
  })
})

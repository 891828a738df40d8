import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readBearer } from '../../../server/auth/credentials.ts'
import { readConfig } from '../../../server/config/config.ts'

const read = (authorization?: string) => readBearer({ headers: authorization === undefined ? {} : { authorization } })

describe('readBearer', () => {
  it('reads every ADMIN_TOKEN and API_TOKEN that may be configured', () => {
    const printable = Array.from({ length: 0x7e - 0x21 + 1 }, (_, index) => String.fromCharCode(0x21 + index)).join('')
    const { adminToken } = readConfig({ ADMIN_TOKEN: printable })
    assert.equal(read(`Bearer ${printable}`), adminToken)
    assert.equal(read(`bearer ${printable}`), adminToken, 'the scheme has no case')
  })

  it('reads nothing where there is no one token', () => {
    for (const authorization of [undefined, '', 'Bearer', 'Bearer ', 'Bearer a b', 'Basic YTpi', 'Bearer ä']) {
      assert.equal(read(authorization), null, authorization)
    }
    assert.equal(read(`Bearer ${'a'.repeat(8193)}`), null)
  })
})

import { expect } from '@open-wc/testing'
import { attributes } from '../../../client/tools/vocabulary.ts'

const NOT_FOR_AUTHORS = ['server', 'user-token']

describe('the WordPress plug-in', () => {
  it('knows every attribute that authors may set', async () => {
    const file = new URL('../../../client/wordpress/block/block.json', import.meta.url)
    const block: { attributes: Record<string, { enum?: string[] }> } = await (await fetch(file)).json()
    const names = Object.keys(block.attributes).map((name) =>
      name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    )
    expect(names).to.have.members(Object.keys(attributes).filter((name) => !NOT_FOR_AUTHORS.includes(name)))
    const modes = [...attributes.mode.type.matchAll(/'(\w+)'/g)].map(([, mode]) => mode)
    expect(block.attributes['mode']?.enum).to.have.members(modes)
  })
})

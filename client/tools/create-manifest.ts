import type {
  ClassField,
  ClassMember,
  CustomElementDeclaration,
  JavaScriptModule,
  Package,
} from 'custom-elements-manifest'
import type { Word } from './vocabulary.ts'
import * as vocabulary from './vocabulary.ts'

export const TAG = 'seon-verify'
const CLASS = 'SeonVerifyElement'
const FILE = 'seon-verify.js'

/** The integrations know one kind of declaration only. */
export interface Manifest extends Package {
  modules: (JavaScriptModule & { declarations: CustomElementDeclaration[] })[]
}

/** `custom-elements.json`, in the community's schema. */
export function createManifest(): Manifest {
  const reference = { name: CLASS, module: FILE }
  const declaration: CustomElementDeclaration = {
    kind: 'class',
    customElement: true,
    tagName: TAG,
    name: CLASS,
    summary: 'Identity verification by SEON, on any page.',
    description: 'A button that opens SEON’s verification and then tells the visitor what came of it.',
    attributes: list(vocabulary.attributes, (name, word) => ({
      ...describe(name, word),
      fieldName: toCamelCase(name),
    })),
    members: listMembers(),
    events: list(vocabulary.events, (name, { text, type }) => ({
      name: `${TAG}-${name}`,
      description: text,
      type: { text: `CustomEvent<${type ?? 'null'}>` },
    })),
    slots: list(vocabulary.slots, (name, { text }) => ({ name, description: text })),
    cssParts: list(vocabulary.parts, (name, { text }) => ({ name, description: text })),
    cssStates: list(vocabulary.states, (name, { text }) => ({ name, description: text })),
    cssProperties: list(vocabulary.cssProperties, (name, word) => ({
      name,
      description: word.text,
      ...(word.type !== undefined && { syntax: word.type }),
      ...(word.default !== undefined && { default: word.default }),
    })),
  }
  return {
    schemaVersion: '2.1.0',
    modules: [
      {
        kind: 'javascript-module',
        path: FILE,
        declarations: [declaration],
        exports: [
          { kind: 'js', name: CLASS, declaration: reference },
          { kind: 'custom-element-definition', name: TAG, declaration: reference },
        ],
      },
    ],
  }
}

function listMembers(): ClassMember[] {
  const toField = (name: string, word: Word): ClassField => ({ kind: 'field', ...describe(toCamelCase(name), word) })
  return [
    ...list(vocabulary.attributes, (name, word) => ({ ...toField(name, word), attribute: name })),
    ...list(vocabulary.properties, toField),
    ...list(vocabulary.readings, (name, word) => ({ ...toField(name, word), readonly: true })),
    ...list(vocabulary.methods, (name, { text, type }) => ({
      kind: 'method' as const,
      name,
      description: text,
      return: { type: { text: type ?? 'void' } },
    })),
  ]
}

function describe(name: string, { text, type = 'string', default: value }: Word) {
  return { name, description: text, type: { text: type }, ...(value !== undefined && { default: value }) }
}

function list<T>(words: Readonly<Record<string, Word>>, convert: (name: string, word: Word) => T): T[] {
  return Object.entries(words).map(([name, word]) => convert(name, word))
}

export function toCamelCase(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}

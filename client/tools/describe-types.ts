import { TAG, toCamelCase } from './create-manifest.ts'
import { attributes, events, methods, properties, readings, type Word } from './vocabulary.ts'

/** `seon-verify.d.ts`: the element for TypeScript pages, without a package of ours or of Lit's. */
export function describeTypes(): string {
  const kept: [string, Word][] = Object.entries(attributes).map(([name, word]) => [toCamelCase(name), word])
  return `/** What may be written in markup. */
export interface SeonVerifyAttributes {
${lines(Object.entries(attributes), (name, { type }) => `'${name}'?: ${type ?? 'string'}`)}
}

export interface SeonVerifyEvents {
${lines(Object.entries(events), (name, { type }) => `'${TAG}-${name}': CustomEvent<${type}>`)}
}

export declare class SeonVerifyElement extends HTMLElement {
${lines(kept, (name, { type }) => `${name}: ${type ?? 'string | null'}`)}
${lines(Object.entries(properties), (name, { type }) => `${name}: ${type}`)}
${lines(Object.entries(readings), (name, { type }) => `readonly ${name}: ${type}`)}
${lines(Object.entries(methods), (name, { type }) => `${name}(): ${type}`)}
}

declare global {
  interface HTMLElementTagNameMap {
    '${TAG}': SeonVerifyElement
  }
  interface GlobalEventHandlersEventMap extends SeonVerifyEvents {}
}
`
}

const FRAMEWORK_TYPES = `import type { SeonVerifyAttributes, SeonVerifyElement, SeonVerifyEvents } from './seon-verify.js'

type Properties = Partial<Pick<SeonVerifyElement, ${Object.keys(properties)
  .map((name) => `'${name}'`)
  .join(' | ')}>>`

const LISTENERS =
  'type Listeners = { [Name in keyof SeonVerifyEvents as `on${Name}`]?: (event: SeonVerifyEvents[Name]) => void }'

/** `react.d.ts`: the tag in React 19, where listeners are written \`onseon-verify-status\`. */
export function describeReactTypes(): string {
  return `import type { DetailedHTMLProps, HTMLAttributes } from 'react'
${FRAMEWORK_TYPES}
${LISTENERS}

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      '${TAG}': DetailedHTMLProps<HTMLAttributes<SeonVerifyElement>, SeonVerifyElement> &
        SeonVerifyAttributes & Properties & Listeners
    }
  }
}
`
}

/** `vue.d.ts`: the tag in Vue 3's templates, where listeners are written \`@seon-verify-status\`. */
export function describeVueTypes(): string {
  return `import type { DefineComponent, HTMLAttributes } from 'vue'
${FRAMEWORK_TYPES}
type Camel<Name extends string> = Name extends \`\${infer Head}-\${infer Rest}\` ? \`\${Head}\${Capitalize<Camel<Rest>>}\` : Name
type Listeners = { [Name in keyof SeonVerifyEvents as \`on\${Capitalize<Camel<Name>>}\`]?: (event: SeonVerifyEvents[Name]) => void }

declare module 'vue' {
  interface GlobalComponents {
    '${TAG}': DefineComponent<HTMLAttributes & SeonVerifyAttributes & Properties & Listeners>
  }
}
`
}

/** `svelte.d.ts`: the tag in Svelte 5, where listeners are written \`onseon-verify-status\`. */
export function describeSvelteTypes(): string {
  return `import type { HTMLAttributes } from 'svelte/elements'
${FRAMEWORK_TYPES}
${LISTENERS}

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    '${TAG}': HTMLAttributes<SeonVerifyElement> & SeonVerifyAttributes & Properties & Listeners
  }
}
`
}

function lines(words: [string, Word][], describe: (name: string, word: Word) => string): string {
  return words.map(([name, word]) => `  /** ${word.text} */\n  ${describe(name, word)}`).join('\n')
}

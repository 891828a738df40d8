import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Plugin, UserConfig } from 'vite'

const root = fileURLToPath(new URL('.', import.meta.url))

/** SEON's own browser table: nobody who can run the flow is turned away by the element around it. */
const target = ['chrome96', 'safari15', 'firefox79', 'opera82']

/** Minifiers leave template strings alone, and those of Lit are in the file that every visitor of a page gets. */
const minifyTemplates: Plugin = {
  name: 'minify-templates',
  enforce: 'pre',
  transform: {
    filter: { id: /client\/widget\/look\/[^/]*\.ts$/ },
    handler: (code) => ({
      code: code
        .replace(/\n\s+/g, '\n')
        .replace(/>\n</g, '><')
        .replace(/css`([^`]*)`/g, (style) =>
          style.replace(/\/\*[^]*?\*\/|\n/g, '').replace(/ ([{]) ?|([:;,]) |;(?=})/g, '$1$2'),
        ),
      map: null,
    }),
  },
}

/**
 * What Lit says to developers who misuse it, which they see in the tests, that take Lit as it is; what it has to do with
 * globals of the page: its versions noted there, hooks for polyfills and for pages rendered on a server; what other
 * compilers and those polyfills are to find; and what we have none of: decorators, directives, templates that were
 * compiled before or are of SVG's or MathML's inner parts, and values within comments, which the linter forbids, or within
 * a style sheet or a text field.
 */
const LITS_NOTES: readonly (readonly [note: RegExp, instead: string])[] = [
  [/\bError\("[^"]*"(?:\+\w+\+"[^"]*")?\)/g, 'Error()'],
  [/[,;]\(\w+\.\w+Versions\?\?=\[\]\)\.push\("[^"]*"\)/, ''],
  [/\w+\.\w+(?:Polyfill|Hydrate)Support\b/g, 'null'],
  [/\(void 0===\w\.ShadyCSS\|\|\w\.ShadyCSS\.nativeShadow\)&&/, ''],
  [/Symbol\.metadata\?\?=[^;]+;/, ''],
  [/static addInitializer\(\w\)\{[^}]+\}/, ''],
  [/,this\.constructor\.l\?\.forEach\([^;]*?\(this\)\)/, ''],
  [/void 0!==\w\.l&&\(this\.l=\[[^\]]+\]\),/, ''],
  [/2===\w\?"(<\/?)svg>":3===\w\?"\1math>":""/g, '""'],
  [/if\((this\.el=[^;]*),2===\w\|\|3===\w\)\{[^}]+\}/, '$1;'],
  [/\b\w\("(elementProperties|finalized|properties)"\)/g, '"$1"'],
  [/\b\w\((\w)\)\.(nextSibling|remove\()/g, '$1.$2'],
  [/;else\{let \w=-1;for\([^}]+\}\),[^}]+\}/, ';'],
  [/if\(\w\.test\(\w\.tagName\)\)\{[^]*?\)\}\}/, ''],
  [/let (\w)=void 0!==\w\?\w\._\$Co[^]*?void 0!==\1&&\((\w)=[^]*?\),\2\}/, 'return $2}'],
  [/"number"==typeof \w\?(this\._\$AC\(\w\)):\([^;]*?,\w\);/, '$1;'],
  [/(?:dis)?connectedCallback\(\)\{super\.(?:dis)?connectedCallback\(\),this\._\$Do\?\.setConnected\(![01]\)\}/g, ''],
  [/setConnected\(\w\)\{[^}]+\}/, ''],
  [/this\.hasUpdated\|\|\(this\.renderOptions\.isConnected=this\.isConnected\),/, ''],
  [/const \w=this\[Symbol\.metadata\];if\(null!==\w\)\{[^}]+\}/, ''],
]

/** A newer Lit may be written otherwise. That has to be seen, or the entry would grow by what was meant to be left out. */
function dropLitsNotes(): Plugin {
  const left = new Set<RegExp>()
  return {
    name: 'drop-lits-notes',
    buildStart() {
      for (const [note] of LITS_NOTES) left.add(note)
    },
    transform: {
      filter: { id: /node_modules\/(?:@lit|lit)[^]*\.js$/ },
      handler(code) {
        for (const [note, instead] of LITS_NOTES) {
          const without = code.replace(note, instead)
          if (without !== code) left.delete(note)
          code = without
        }
        return { code, map: null }
      },
    },
    buildEnd(error) {
      if (!error && left.size > 0) this.error(`Nothing in Lit is like ${[...left].join(' or like ')}`)
    },
  }
}

/** Some pages add to `Object.prototype`, which the bundler's own helper would take for exports of every module. */
const listOwnNames: Plugin = {
  name: 'list-own-names',
  renderChunk: (code) => code.replace('for (var name in all)', 'for (const name of Object.keys(all))'),
}

// Within the chunk that imports, as paths are relative to it.
const IMPORT_AGAIN = `const importAgain = (path) => import(path).catch((error) => {
  if (document.querySelector('[type=importmap]')) throw error
  return import(path + '#' + Date.now())
})`

/**
 * Chromium before 156 asks no second time for a module that has failed, as long as the page lives: a click without network would spoil
 * every later one. So each chunk that is imported on demand is asked for once more by another fragment, which is the same
 * file. Not on a page with an import map: its integrity goes by the whole address.
 */
const importAgain: Plugin = {
  name: 'import-again',
  renderChunk(code) {
    const asking = code.replace(/\bimport\((?=["'`]\.)/g, 'importAgain(')
    return asking === code ? null : `${IMPORT_AGAIN}\n${asking}`
  },
}

/** Pages for visitors and for those who build sites. One that is not there is left out, so that the others can be built without it. */
const pages = [
  'index.html',
  'client/hosted/index.html',
  'client/embed/index.html',
  'client/examples/index.html',
].filter((page) => existsSync(`${root}${page}`))

/** The dashboard's own table: what its colours, container queries and popovers need. Syntax for older ones would only slow it down. */
const dashboardTarget = ['chrome114', 'safari17', 'firefox125', 'opera100']

/**
 * Chromium compiles each function when it is first called, which is on the page's own thread; told this at the top of a
 * script, all of them while it reads it (https://v8.dev/blog/explicit-compile-hints). For an entry and what it imports:
 * nearly all of that runs before anything is drawn.
 */
const compileAtOnce: Plugin = {
  name: 'compile-at-once',
  generateBundle: {
    // Vite's own list of files comes to the top before.
    order: 'post',
    handler(_options, bundle) {
      const told = new Set<string>()
      const tell = (name: string) => {
        const chunk = bundle[name]
        if (chunk?.type !== 'chunk' || told.has(name)) return
        told.add(name)
        chunk.code = `//# allFunctionsCalledOnLoad\n${chunk.code}`
        chunk.imports.forEach(tell)
      }
      for (const chunk of Object.values(bundle)) if (chunk.type === 'chunk' && chunk.isEntry) tell(chunk.fileName)
    },
  },
}

/**
 * The element, for pages of others: one small entry and hashed chunks beside it, all relative, so that it works from
 * whatever origin it is served. A library build, because Vite's page builds add a preload helper to the entry.
 */
export const widget = {
  root,
  configFile: false,
  publicDir: false,
  plugins: [minifyTemplates, dropLitsNotes(), listOwnNames, importAgain, compileAtOnce],
  build: {
    target,
    // Both go into one folder, see client/build.ts.
    emptyOutDir: false,
    reportCompressedSize: false,
    lib: { entry: 'client/widget/seon-verify.ts', formats: ['es'], fileName: () => 'seon-verify.js' },
    rolldownOptions: {
      // What the chunks share with the entry stays in the entry: one request before intent.
      preserveEntrySignatures: 'allow-extension',
      // Library builds keep their whitespace otherwise.
      output: { minify: true, comments: { annotation: false }, chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
} satisfies UserConfig & { configFile: false }

/** Our pages: `dist/index.html`, `dist/client/<page>/index.html` (moved by client/build.ts), `dist/assets/*`. */
export const site = {
  root,
  configFile: false,
  publicDir: false,
  build: {
    target,
    emptyOutDir: false,
    reportCompressedSize: false,
    // Its polyfill is for browsers older than those above.
    modulePreload: { polyfill: false },
    // Inlined files would need `data:` in the pages' content security policy.
    assetsInlineLimit: 0,
    rolldownOptions: { input: pages },
  },
} satisfies UserConfig & { configFile: false }

export const dashboard = {
  ...site,
  plugins: [compileAtOnce],
  build: { ...site.build, target: dashboardTarget, rolldownOptions: { input: 'client/dashboard/index.html' } },
} satisfies UserConfig & { configFile: false }

export default site

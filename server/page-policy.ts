import { SEON_DEVICE_CHECK, SEON_PAGES } from './http/security.ts'

export interface PagePolicyOptions {
  /** Where the script comes from: an origin, or `'self'` for its own pages. */
  server: string
  /** The same with `wss:`; without it the result comes by polling. */
  sockets: string
  /** SEON's service and page. Default: SEON's own; a sandbox's address in tests. */
  pages?: string
  /** How the page lets scripts in; default: by their address. `nonce` is new in every answer of the page's server. */
  scripts?: { nonce: string; strictDynamic?: boolean }
  /** Whether scripts may make markup of text only as a named policy says. */
  trustedTypes?: boolean
}

/** Exactly what a page's content security policy must allow for the element: directives, and what each has to contain. */
export function describePagePolicy(options: PagePolicyOptions): Record<string, string[]> {
  const { server, sockets, pages = SEON_PAGES, scripts, trustedTypes = false } = options
  return {
    // The script, and the files that it fetches by itself: they inherit its nonce.
    'script-src': scripts
      ? [`'nonce-${scripts.nonce}'`, ...(scripts.strictDynamic ? ["'strict-dynamic'"] : [])]
      : [server],
    'connect-src': [server, sockets, pages, SEON_DEVICE_CHECK],
    'frame-src': [pages],
    // Of SEON's device check: it goes on without, and knows less.
    'worker-src': ['blob:'],
    'img-src': ['data:'],
    ...(trustedTypes && { 'require-trusted-types-for': ["'script'"], 'trusted-types': ['lit-html'] }),
  }
}

export function formatPolicy(directives: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ')
}

const USAGE = `npm run policy -- <address of the server> [--nonce [--strict-dynamic]] [--trusted-types]

Prints what a page's headers must allow for the element, to be joined with what the page needs itself.`

function printPolicy([address = '', ...flags]: readonly string[]): void {
  const known = ['--nonce', '--strict-dynamic', '--trusted-types']
  if (!URL.canParse(address) || flags.some((flag) => !known.includes(flag))) {
    console.error(USAGE)
    process.exitCode = 1
    return
  }
  const { origin } = new URL(address)
  const directives = describePagePolicy({
    server: origin,
    sockets: origin.replace(/^http/, 'ws'),
    ...(flags.includes('--nonce') && {
      scripts: { nonce: 'NEW-IN-EVERY-ANSWER', strictDynamic: flags.includes('--strict-dynamic') },
    }),
    trustedTypes: flags.includes('--trusted-types'),
  })
  const allowlist = `self "${SEON_PAGES}"`
  console.log(`Content-Security-Policy: ${formatPolicy(directives)}
Permissions-Policy: camera=(${allowlist}), microphone=(${allowlist}), geolocation=(self)
Cross-Origin-Opener-Policy: same-origin-allow-popups`)
}

if (import.meta.main) printPolicy(process.argv.slice(2))

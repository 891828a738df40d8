import type { Run } from '../runs.ts'
import { ILLUSTRATIONS } from './illustrations.ts'
import type { FlowWords } from './words/en.ts'
import { readWords } from './words/read-words.ts'

/** The SDK's error codes (SDK readme 1.3). */
const ERROR_CODES = [
  'error_code_1',
  'error_code_2',
  'error_code_3',
  'error_code_4',
  'error_code_5',
  'error_code_6',
  'unknown',
] as const

const STEPS = ['document', 'selfie', 'liveness'] as const
type Step = (typeof STEPS)[number]

/**
 * The hosted page as HTML; `assets/flow.js` moves between its screens and speaks to the SDK.
 *
 * Handles for scripts (`data-testid`): `begin`; `continue` on each of the three steps; `skip` on every one of them and
 * on the first screen; then `end-approved`, `end-review`, `end-declined`, `end-abandoned`, `end-cancelled`,
 * `error-error_code_1` … `error-error_code_6`, `error-unknown`; after an error `retry`; on every screen `close`
 * (the same as `end-cancelled`). `<main data-screen>` names the screen: `welcome`, `document`, `selfie`, `liveness`,
 * `ends`, `error`, `wait`, `done`, `used`.
 */
export function renderPage(run: Run | undefined): string {
  const { words, lang, dir } = readWords(run?.language ?? 'en')
  const first = run !== undefined && run.endedAt === null ? 'welcome' : 'used'
  const data = JSON.stringify({ theme: run?.theme ?? null }).replaceAll('<', '\\u003c')
  return `<!doctype html>
<html lang="${lang}" dir="${dir}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>SANDBOX · ${words.welcomeTitle}</title>
<link rel="stylesheet" href="/flow/assets/tokens.css">
<link rel="stylesheet" href="/flow/assets/flow.css">
<link rel="stylesheet" href="/flow/assets/controls.css">
<script type="application/json" id="run">${data}</script>
<script src="/flow/assets/flow.js"></script>
<body>
<aside class="mark"><strong>SANDBOX</strong> <span>${words.practice}</span></aside>
<main data-screen="${first}">
<header>
<img class="logo" alt="" hidden>
<ol class="progress" hidden>${STEPS.map((step, index) => `<li data-of="${step}"><span class="hidden">${words.step} ${index + 1}</span></li>`).join('')}</ol>
<button type="button" class="quiet icon" data-testid="close" data-end="cancelled" aria-label="${words.close}" title="${words.close}"><svg viewBox="0 0 16 16" aria-hidden="true"><path d="m3.5 3.5 9 9m0-9-9 9"/></svg></button>
</header>
${renderWelcome(words)}
${STEPS.map((step, index) => renderStep(step, STEPS[index + 1] ?? 'ends', words)).join('\n')}
${renderEnds(words)}
<section data-for="error"><h1 tabindex="-1">${words.errorTitle}</h1><p>${words.errorText} <code data-error-code></code></p>
<div class="actions"><button type="button" class="primary" data-testid="retry" data-go="welcome">${words.retry}</button>
<button type="button" class="quiet" data-end="cancelled">${words.close}</button></div></section>
<section data-for="wait" aria-live="polite"><h1 tabindex="-1">${words.waitTitle}</h1><progress></progress></section>
<section data-for="done"><h1 tabindex="-1">${words.doneTitle}</h1><p>${words.doneText}</p></section>
<section data-for="used"><h1 tabindex="-1">${words.usedTitle}</h1><p>${words.usedText}</p></section>
</main>
</body>
</html>`
}

function renderWelcome(words: FlowWords): string {
  const list = STEPS.map((step) => `<li>${words[`${step}Title`]}</li>`).join('')
  return `<section data-for="welcome"><div class="picture">${ILLUSTRATIONS.document}</div>
<h1 tabindex="-1">${words.welcomeTitle}</h1><p>${words.welcomeText}</p><ol class="plan">${list}</ol>
<div class="actions"><button type="button" class="primary" data-testid="begin" data-begin="document">${words.begin}</button>
<button type="button" class="quiet" data-testid="skip" data-begin="ends">${words.skip}</button></div></section>`
}

function renderStep(step: Step, next: string, words: FlowWords): string {
  return `<section data-for="${step}"><div class="picture">${ILLUSTRATIONS[step]}</div>
<h1 tabindex="-1">${words[`${step}Title`]}</h1><p>${words[`${step}Text`]}</p>
<div class="actions"><button type="button" class="primary" data-testid="continue" data-go="${next}">${words[`${step}Action`]}</button>
<button type="button" class="quiet" data-testid="skip" data-go="ends">${words.skip}</button></div></section>`
}

const END_ICONS = {
  approved: 'm3.5 8.5 3 3 6-7',
  review: 'M8 4.5V8l2.5 2M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8Z',
  declined: 'm4 4 8 8m0-8-8 8',
} as const

function renderEnds(words: FlowWords): string {
  const decided = (['approved', 'review', 'declined'] as const)
    .map(
      (end) => `<button type="button" class="end ${end}" data-testid="end-${end}" data-end="${end}">
<svg viewBox="0 0 16 16" aria-hidden="true"><path d="${END_ICONS[end]}"/></svg>
<span><b>${words[end]}</b><small>${words[`${end}Text`]}</small></span></button>`,
    )
    .join('')
  const left = (['abandoned', 'cancelled'] as const)
    .map(
      (end) => `<button type="button" class="chip" data-testid="end-${end}" data-end="${end}">${words[end]}</button>`,
    )
    .join('')
  const errors = ERROR_CODES.map(
    (code) =>
      `<button type="button" class="chip" data-testid="error-${code}" data-error="${code}"><code>${code}</code></button>`,
  ).join('')
  return `<section data-for="ends"><h1 tabindex="-1">${words.endsTitle}</h1><p>${words.endsText}</p>
<div class="ends">${decided}</div>
<h2>${words.otherTitle}</h2><div class="chips">${left}${errors}</div></section>`
}

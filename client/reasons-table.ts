import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { en } from './widget/messages/en.ts'
import { REASONS } from './widget/reasons/reasons.ts'

// Writes client/widget/reasons/reasons.md: `npx -c 'node client/reasons-table.ts'`. A test says when it is not up to date.

/** Everything that can go wrong with the element, as a table. */
export function renderReasons(): string {
  const rows = Object.entries(REASONS).map(([code, { visitor, developer }]) => [
    `\`${code}\``,
    en.failures[visitor],
    developer,
  ])
  return `# What can go wrong

The codes of \`seon-verify-error\` (\`event.detail.code\`). They are stable; new ones may be added. The visitor reads what to do
next, in the page's language; the developer finds a hint in the browser's console, once for a page and code.

${renderTable([['code', 'for the visitor', 'for the developer'], ...rows])}
`
}

/** Columns as wide as the formatter has them. */
function renderTable(rows: string[][]): string {
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const lines = rows.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`)
  lines.splice(1, 0, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`)
  return lines.join('\n')
}

if (import.meta.main) {
  await writeFile(fileURLToPath(new URL('widget/reasons/reasons.md', import.meta.url)), renderReasons())
}

import type { TemplateResult } from 'lit'
import { html, nothing } from 'lit'
import type { MainFigures as Figures, Statistics } from '../../../../server/protocol.ts'
import { messages } from '../../messages.ts'
import { FrameElement } from '../../parts/frame-element.ts'
import { icon } from '../../parts/icons.ts'
import { formatDuration } from '../../parts/time/time-format.ts'
import type { Route } from '../../routing/route.ts'
import { formatRoute, parseRoute } from '../../routing/route.ts'
import { base } from '../../styles/base.ts'
import { hues } from '../../styles/hues.ts'
import { GROUPS } from '../../verifications/counts/groups.ts'
import { renderShareBar } from '../parts/share-bar.ts'
import type { Change } from './change.ts'
import { readChange, readChangeInPoints } from './change.ts'
import { mainFiguresStyles } from './main-figures-styles.ts'
import { renderSparkLine } from './spark-line.ts'

const words = messages.overview.figures

interface Figure {
  name: string
  value: string
  change: Change | null
  chart: TemplateResult | typeof nothing
  note: TemplateResult | string
}

/** The four figures that a day is judged by: each with its change against the period before, a small chart and a sentence. */
export class MainFigures extends FrameElement {
  static override properties = { statistics: { attribute: false }, route: { attribute: false } }
  static override styles = [base, hues, mainFiguresStyles]
  declare statistics: Statistics
  declare route: Route

  protected override render() {
    const all = [this.#readCreated(), this.#readApproval(), this.#readTime(), this.#readOverdue()]
    return html`<h2 class="unseen">${words.title}</h2>
      <dl>${all.map(renderFigure)}</dl>`
  }

  #readCreated(): Figure {
    const { counts, previous } = this.statistics
    const parts = GROUPS.map(({ name, hue, statuses }) => ({
      word: messages.counts.groups[name],
      hue,
      count: statuses.reduce((sum, status) => sum + counts[status], 0),
    }))
    const created = sum(this.statistics)
    return {
      name: words.created,
      value: messages.number(created),
      change: readChange(created, sum(previous), messages.number),
      chart: renderShareBar(parts, words.createdChart),
      note: words.createdChart,
    }
  }

  #readApproval(): Figure {
    const { approvalRate, decided, decisions, previous } = this.statistics
    const shares = readApprovalShares(decisions)
    return {
      name: words.approvalRate,
      value: approvalRate === null ? words.nothing : messages.overview.percent(approvalRate),
      change: approvalRate === null ? null : readChangeInPoints(approvalRate, previous.approvalRate),
      chart: approvalRate === null ? nothing : renderSparkLine(shares, words.approvalChart),
      note:
        approvalRate === null
          ? words.noDecision
          : words.approvalNote(decided.approved, decided.approved + decided.declined),
    }
  }

  #readTime(): Figure {
    const { timeToDecision: time, previous } = this.statistics
    if (time === null)
      return { name: words.timeToDecision, value: words.nothing, change: null, chart: nothing, note: words.noDecision }
    const parts = [
      { word: words.timeToDecision, hue: 'cool' as const, count: time.medianMs },
      {
        word: words.p95(formatDuration(time.p95Ms)),
        hue: 'grey' as const,
        count: Math.max(0, time.p95Ms - time.medianMs),
      },
    ]
    return {
      name: words.timeToDecision,
      value: formatDuration(time.medianMs),
      change: readChange(time.medianMs, previous.timeToDecision?.medianMs ?? null, formatDuration),
      chart: renderShareBar(parts, words.timeChart),
      note: words.p95(formatDuration(time.p95Ms)),
    }
  }

  #readOverdue(): Figure {
    const { overdue, counts } = this.statistics
    const waiting =
      GROUPS.find(({ name }) => name === 'open')?.statuses.reduce((all, each) => all + counts[each], 0) ?? 0
    const { vendor, workflow, period } = this.route
    const list = formatRoute({ ...parseRoute(''), overdue: true, vendor, workflow, period })
    const parts = [
      { word: words.overdue, hue: 'amber' as const, count: overdue },
      { word: messages.counts.groups.open, hue: 'grey' as const, count: Math.max(0, waiting - overdue) },
    ]
    return {
      name: words.overdue,
      value: messages.number(overdue),
      change: null,
      chart: waiting === 0 ? nothing : renderShareBar(parts, words.overdueNote),
      note: overdue === 0 ? words.overdueNone : html`${words.overdueNote}. <a href=${list}>${words.overdueShow}</a>`,
    }
  }
}

function renderFigure({ name, value, change, chart, note }: Figure) {
  return html`<div class="figure">
    <dt>${name}</dt>
    <dd class="value">${value}</dd>
    <dd class="change" title=${change?.hint ?? ''}>
      ${change === null ? nothing : html`${change.icon === null ? nothing : icon(change.icon)}${change.text}<span class="unseen">. ${change.hint}</span>`}
    </dd>
    <dd class="chart">${chart}</dd>
    <dd class="note">${note}</dd>
  </div>`
}

function sum({ counts }: Figures): number {
  return Object.values(counts).reduce((total, each) => total + each, 0)
}

// More points than these on a line as short as this are noise.
const MOST_POINTS = 24

/** The approval rate over time, several buckets together where there are many. */
function readApprovalShares(decisions: Statistics['decisions']): (number | null)[] {
  const together = Math.ceil(decisions.length / MOST_POINTS)
  return Array.from({ length: Math.ceil(decisions.length / Math.max(1, together)) }, (_, place) => {
    const part = decisions.slice(place * together, (place + 1) * together)
    const approved = part.reduce((total, each) => total + each.approved, 0)
    const declined = part.reduce((total, each) => total + each.declined, 0)
    return approved + declined === 0 ? null : approved / (approved + declined)
  })
}

import type { TemplateResult } from 'lit'
import { html, nothing } from 'lit'
import type { Statistics } from '../../../server/protocol.ts'
import { VENDORS } from '../../../server/protocol.ts'
import { messages } from '../messages.ts'
import { renderSelect } from '../parts/select.ts'
import { nameWorkflow } from '../parts/text/workflow-name.ts'
import type { Period, Route } from '../routing/route.ts'

const words = messages.overview

/** An hour is too short to say anything of a day's work; a route that asks for it gets a day. */
export const OVERVIEW_PERIODS = ['day', 'week', 'month', 'quarter'] as const satisfies readonly Period[]
export type OverviewPeriod = (typeof OVERVIEW_PERIODS)[number]

export function readOverviewPeriod({ period }: Route): OverviewPeriod {
  return period === null ? 'week' : period === 'hour' ? 'day' : period
}

/** Period, vendor and workflow of the figures; what there is to choose from comes with the figures themselves. */
export function renderOverviewFilters(
  route: Route,
  statistics: Statistics | null,
  choose: (change: Partial<Route>) => void,
  beside: TemplateResult | typeof nothing,
): TemplateResult {
  const period = readOverviewPeriod(route)
  // A workflow that the address names stays to be seen, although it may not be known here.
  const workflows = [
    ...new Set([...(statistics?.workflows ?? []), ...(route.workflow === null ? [] : [route.workflow])]),
  ]
  const isFiltered = route.vendor !== null || route.workflow !== null
  return html`<search class="filters" aria-label=${words.filters}>
    <div class="periods" role="group" aria-label=${words.period}>
      ${OVERVIEW_PERIODS.map(
        (each) =>
          html`<button class="button" type="button" aria-pressed=${each === period} @click=${() => choose({ period: each === 'week' ? null : each })}>
            ${messages.shortPeriods[each]}<span class="unseen"> (${messages.periods[each]})</span>
          </button>`,
      )}
    </div>
    ${renderSelect({
      label: words.vendor,
      chosen: route.vendor,
      options: VENDORS,
      names: messages.vendors,
      choose: (vendor) => choose({ vendor }),
    })}
    ${
      workflows.length === 0
        ? nothing
        : renderSelect({
            label: words.workflow,
            chosen: route.workflow,
            options: workflows,
            names: Object.fromEntries(workflows.map((each) => [each, nameWorkflow(each)])),
            choose: (workflow) => choose({ workflow }),
          })
    }
    ${
      isFiltered
        ? html`<button class="button plain" type="button" @click=${() => choose({ vendor: null, workflow: null })}>
            ${messages.list.clear}
          </button>`
        : nothing
    }
    ${beside}
  </search>`
}

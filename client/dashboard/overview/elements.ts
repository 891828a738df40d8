import { defineElements } from '../define-elements.ts'
import '../parts/elements.ts'
import { DecisionsChart } from './decisions/decisions-chart.ts'
import { MainFigures } from './figures/main-figures.ts'
import { OverviewSkeleton } from './overview-skeleton.ts'
import { OverviewView } from './overview-view.ts'

defineElements({
  'sv-decisions-chart': DecisionsChart,
  'sv-main-figures': MainFigures,
  'sv-overview': OverviewView,
  'sv-overview-skeleton': OverviewSkeleton,
})

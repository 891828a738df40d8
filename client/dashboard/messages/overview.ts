import { lazily } from '../parts/lazily.ts'
import { formatNumber, formatSome } from './numbers.ts'

const percent = lazily(() => new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 }))
const wholePercent = lazily(() => new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 }))
const signed = lazily(() => new Intl.NumberFormat('en', { maximumFractionDigits: 1, signDisplay: 'exceptZero' }))

export const overviewMessages = {
  percent: (share: number) => percent().format(share),
  wholePercent: (share: number) => wholePercent().format(share),

  filters: 'Filters of the figures',
  period: 'Period',
  workflow: 'All workflows',
  vendor: 'All vendors',
  asOf: (clock: string) => `Figures as of ${clock}`,
  refreshFailed: (clock: string) => `These figures are of ${clock}; newer ones could not be loaded.`,

  changes: {
    percent: (share: number) => `${signed().format(share * 100)} %`,
    points: (share: number) => `${signed().format(share * 100)} points`,
    same: 'No change',
    hint: (before: string) => `Before: ${before}`,
    none: 'Nothing to compare with',
  },

  figures: {
    title: 'Main figures',
    created: 'Verifications',
    createdChart: 'Where they stand now',
    approvalRate: 'Approval rate',
    approvalNote: (approved: number, decided: number) =>
      `${formatNumber(approved)} approved of ${formatNumber(decided)} approved or declined`,
    approvalChart: 'Approval rate over time',
    timeToDecision: 'Median time to decision',
    p95: (duration: string) => `95 % within ${duration}`,
    timeChart: 'Median beside the time in which 95 % were decided',
    overdue: 'Overdue',
    overdueNote: 'Later than their workflow usually takes',
    overdueNone: 'Every decision is on time',
    overdueShow: 'Show them',
    nothing: '–',
    noDecision: 'No decision in this period',
  },

  decisions: {
    title: 'Decisions over time',
    hourly: 'Approved, in review and declined, by the hour',
    daily: 'Approved, in review and declined, by the day (UTC)',
    approved: 'Approved',
    review: 'Review',
    declined: 'Declined',
    total: 'Total',
    whole: 'Whole period',
    none: 'No decision in this period.',
    at: { hour: 'Hour', day: 'Day' },
    showTable: 'Show as a table',
    hideTable: 'Show as a chart',
  },

  funnel: {
    title: 'From start to result',
    lead: 'How far the verifications of this period came',
    steps: { created: 'Created', started: 'Started', submitted: 'Submitted', decided: 'With a result' },
    lost: (count: number) => (count === 0 ? '' : `${formatNumber(count)} fewer`),
  },

  gaveUp: {
    title: 'Where people stop',
    lead: 'Those of this period without a result so far: they left, or are still at it',
    groups: {
      beforeStart: 'Created, not started',
      inFlow: 'Within the steps',
      cancelled: 'Cancelled',
      abandoned: 'Abandoned',
      expired: 'Expired',
    },
    none: 'Nobody is without a result in this period.',
    last: 'Last heard of them',
    lastLead: 'Of the same people: what their browser or the vendor said last',
    nothingHeard: 'Nothing after the start',
    more: (count: number) => formatSome(count, 'rarer one', 'rarer ones'),
  },

  lag: {
    title: 'Webhook lag',
    lead: 'From the time a vendor gives to the arrival here; all workflows',
    source: 'Source',
    median: 'Median',
    p95: '95 % within',
    count: 'Webhooks',
    none: 'No webhook with a time of its own arrived in this period.',
  },

  loading: 'Loading the figures',
  failed: 'The figures could not be loaded',
  empty: 'No verifications yet',
  emptyNext:
    'Once people verify, this page shows how many are approved, how long it takes and where people stop. Begin with one of your own.',
  emptyStep: 'Open the demo page',
  none: 'Nothing happened in this period',
  noneNext: 'No verification was created or decided under these filters. Choose a longer period or fewer filters.',
  noneStep: 'Clear filters',
}

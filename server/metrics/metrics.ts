import type { RequestHandler } from 'express'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { HttpError } from '../http/errors.ts'
import type { Inbox } from '../inbox/inbox.ts'
import type { Processed } from '../inbox/process-deliveries.ts'
import type { Refusals } from '../inbox/refusals.ts'
import { SOURCES, type Source } from '../protocol.ts'
import type { SeonApi } from '../vendors/seon-api.ts'
import { createStoreGauges, type StoreGaugesDeps } from './store-gauges.ts'

/** What operators' Prometheus reads. Labels are words of ours: no ids, no workflow, nothing of a person. */
export interface Metrics {
  /** Prometheus's text. Where the store is away, everything that does not come from it. */
  render(): Promise<string>
  readonly contentType: string
  /** Measures how long a door takes to answer. */
  timeAnswers(source: Source): RequestHandler
  /** The same inbox, counted. */
  observeInbox(inbox: Pick<Inbox, 'append'>): Pick<Inbox, 'append'>
  /** The same, counted. */
  observeRefusals(refusals: Refusals): Refusals
  /** The same, measured. */
  observeSeonApi(api: SeonApi): SeonApi
  /** For what the processor has made of deliveries. */
  readonly countProcessed: (processed: readonly Processed[]) => void
}

export interface MetricsDeps extends StoreGaugesDeps {
  /** Sockets on this node. */
  countSockets: () => { dashboard: number; visitor: number }
  /** Deliveries that wait on this machine's disk for PostgreSQL. */
  countSpooled: () => number
  now: () => number
}

/** Seconds. Vendors give up after 10 to 30; a group commit takes milliseconds. */
const ANSWER_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** Seconds. Usually below one; the longest are what a processor that stood still, or a tenth attempt, makes of it. */
const PROCESSING_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 30, 120, 1020, 7200]

/** Seconds. A start may take 8 in all. */
const SEON_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8]

/** What a door can make of a delivery; `failed`: a fault of ours, answered so that it is sent again. */
const DOOR_OUTCOMES = ['accepted', 'duplicate', 'spooled', 'rejected', 'quarantined', 'failed'] as const

export function createMetrics(deps: MetricsDeps): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const deliveries = new Counter({
    name: 'seon_verify_deliveries_total',
    help: 'Webhook deliveries at this node, by door and what became of them there',
    labelNames: ['source', 'outcome'],
    registers,
  })
  // A rate is only right from a counter that was seen at 0.
  for (const source of SOURCES) for (const outcome of DOOR_OUTCOMES) deliveries.inc({ source, outcome }, 0)
  const answers = new Histogram({
    name: 'seon_verify_webhook_answer_seconds',
    help: 'From a webhook’s headers to its answer, at this node',
    labelNames: ['source', 'status'],
    buckets: ANSWER_BUCKETS,
    registers,
  })
  const processing = new Histogram({
    name: 'seon_verify_processing_lag_seconds',
    help: 'From a delivery’s arrival to the commit of what it says, for deliveries that this node processed',
    labelNames: ['source', 'outcome'],
    buckets: PROCESSING_BUCKETS,
    registers,
  })
  const seonCalls = new Histogram({
    name: 'seon_verify_seon_call_seconds',
    help: 'Calls of SEON’s init-workflow from this node, retries included, by result: ok or the error code that pages get',
    labelNames: ['result'],
    buckets: SEON_BUCKETS,
    registers,
  })
  const sockets = new Gauge({
    name: 'seon_verify_sockets',
    help: 'Open sockets at this node',
    labelNames: ['namespace'],
    registers,
  })
  const spooled = new Gauge({
    name: 'seon_verify_spooled_deliveries',
    help: 'Deliveries that nobody sends again, acknowledged at this node and kept on its disk until PostgreSQL is back',
    registers,
  })
  const storeGauges = createStoreGauges(registers, deps)

  return {
    contentType: registry.contentType,
    async render() {
      for (const [namespace, count] of Object.entries(deps.countSockets())) sockets.set({ namespace }, count)
      spooled.set(deps.countSpooled())
      await storeGauges.read()
      return Registry.merge([registry, ofProcess()]).metrics()
    },
    timeAnswers: (source) => (_request, response, next) => {
      const stop = answers.startTimer({ source })
      response.once('finish', () => stop({ status: response.statusCode }))
      next()
    },
    observeInbox: (inbox) => ({
      async append(arrival) {
        const { source } = arrival
        try {
          const appended = await inbox.append(arrival)
          deliveries.inc({ source, outcome: appended.outcome })
          return appended
        } catch (error) {
          deliveries.inc({ source, outcome: 'failed' })
          throw error
        }
      },
    }),
    observeRefusals: (refusals) => ({
      record(refusal) {
        deliveries.inc({ source: refusal.source, outcome: refusal.outcome })
        return refusals.record(refusal)
      },
    }),
    observeSeonApi: (api) => ({
      async initWorkflow(...call) {
        const stop = seonCalls.startTimer()
        try {
          const run = await api.initWorkflow(...call)
          stop({ result: 'ok' })
          return run
        } catch (error) {
          stop({ result: error instanceof HttpError ? error.code : 'failed' })
          throw error
        }
      },
    }),
    countProcessed(processed) {
      for (const { source, outcome, receivedAt } of processed) {
        processing.observe({ source, outcome }, Math.max(0, deps.now() - receivedAt) / 1000)
      }
    },
  }
}

let processRegistry: Registry | undefined

/** Memory, CPU, event loop, collector: one set a process, as measuring them costs and there may be several servers in it. */
function ofProcess(): Registry {
  if (processRegistry === undefined) {
    processRegistry = new Registry()
    collectDefaultMetrics({ register: processRegistry })
  }
  return processRegistry
}

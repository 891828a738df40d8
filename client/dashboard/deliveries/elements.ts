import { defineElements } from '../define-elements.ts'
import '../parts/elements.ts'
import { DeliveriesView } from './deliveries-view.ts'
import { DeliveryList } from './delivery-list.ts'
import { DeliveryPanel } from './delivery-panel.ts'
import { ReplayRange } from './replay/replay-range.ts'
import { ReplaySteps } from './replay/replay-steps.ts'

defineElements({
  'sv-deliveries': DeliveriesView,
  'sv-delivery-list': DeliveryList,
  'sv-delivery-panel': DeliveryPanel,
  'sv-replay': ReplaySteps,
  'sv-replay-range': ReplayRange,
})

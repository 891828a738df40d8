import { defineElements } from '../../define-elements.ts'
import '../../parts/elements.ts'
import { CheckReport } from './check-report.ts'
import { SameUser } from './same-user.ts'
import { TimelineView } from './timeline-view.ts'
import { VerificationFacts } from './verification-facts.ts'
import { VerificationPanel } from './verification-panel.ts'

defineElements({
  'sv-check-report': CheckReport,
  'sv-same-user': SameUser,
  'sv-timeline': TimelineView,
  'sv-verification-facts': VerificationFacts,
  'sv-verification-panel': VerificationPanel,
})

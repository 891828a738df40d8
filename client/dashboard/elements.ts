import { defineElements } from './define-elements.ts'
import { DeliveriesView } from './deliveries/deliveries-view.ts'
import { DeliveryList } from './deliveries/delivery-list.ts'
import { DeliveryPanel } from './deliveries/delivery-panel.ts'
import { OutcomeBadge } from './deliveries/outcome-badge.ts'
import { ReplayRange } from './deliveries/replay/replay-range.ts'
import { ReplaySteps } from './deliveries/replay/replay-steps.ts'
import { Notice } from './parts/notice.ts'
import { SidePanel } from './parts/panel/side-panel.ts'
import { Skeleton } from './parts/skeleton.ts'
import { StatusBadge } from './parts/status/status-badge.ts'
import { CopyId } from './parts/text/copy-id.ts'
import { UserId } from './parts/text/user-id.ts'
import { RelativeTime } from './parts/time/relative-time.ts'
import { Tooltip } from './parts/tooltip.ts'
import { ListEnd } from './rows/list-end.ts'
import { ConnectionPill } from './shell/connection-pill.ts'
import { DashboardShell } from './shell/dashboard-shell.ts'
import { LiveAnnouncer } from './shell/live-announcer.ts'
import { SettingsMenu } from './shell/settings/settings-menu.ts'
import { ShortcutsHelp } from './shell/shortcuts/shortcuts-help.ts'
import { SignIn } from './shell/sign-in.ts'
import { WarningsNote } from './shell/warnings-note.ts'
import { StatusCounts } from './verifications/counts/status-counts.ts'
import { CheckReport } from './verifications/detail/check-report.ts'
import { SameUser } from './verifications/detail/same-user.ts'
import { TimelineView } from './verifications/detail/timeline-view.ts'
import { VerificationFacts } from './verifications/detail/verification-facts.ts'
import { VerificationPanel } from './verifications/detail/verification-panel.ts'
import { ExportDialog } from './verifications/export/export-dialog.ts'
import { ListFilters } from './verifications/list/list-filters.ts'
import { SavedViews } from './verifications/list/saved-views.ts'
import { VerificationList } from './verifications/list/verification-list.ts'
import { VerificationsView } from './verifications/verifications-view.ts'

// What every page needs; views with a chunk of their own define theirs in their own folder's elements.ts.
defineElements({
  'sv-check-report': CheckReport,
  'sv-connection': ConnectionPill,
  'sv-copy-id': CopyId,
  'sv-deliveries': DeliveriesView,
  'sv-delivery-list': DeliveryList,
  'sv-delivery-panel': DeliveryPanel,
  'sv-outcome': OutcomeBadge,
  'sv-replay': ReplaySteps,
  'sv-replay-range': ReplayRange,
  'sv-panel': SidePanel,
  'sv-export': ExportDialog,
  'sv-filters': ListFilters,
  'sv-list-end': ListEnd,
  'sv-announcer': LiveAnnouncer,
  'sv-notice': Notice,
  'sv-settings': SettingsMenu,
  'sv-same-user': SameUser,
  'sv-saved-views': SavedViews,
  'sv-shell': DashboardShell,
  'sv-shortcuts': ShortcutsHelp,
  'sv-sign-in': SignIn,
  'sv-skeleton': Skeleton,
  'sv-status': StatusBadge,
  'sv-status-counts': StatusCounts,
  'sv-time': RelativeTime,
  'sv-timeline': TimelineView,
  'sv-tooltip': Tooltip,
  'sv-user-id': UserId,
  'sv-verification-facts': VerificationFacts,
  'sv-verification-list': VerificationList,
  'sv-verification-panel': VerificationPanel,
  'sv-verifications': VerificationsView,
  'sv-warnings': WarningsNote,
})

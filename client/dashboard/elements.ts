import { defineElements } from './define-elements.ts'
import { Notice } from './parts/notice.ts'
import { SidePanel } from './parts/panel/side-panel.ts'
import { Skeleton } from './parts/skeleton.ts'
import { Tooltip } from './parts/tooltip.ts'
import { MissingView } from './routing/missing-view.ts'
import { ListEnd } from './rows/list-end.ts'
import { ConnectionPill } from './shell/connection-pill.ts'
import { DashboardShell } from './shell/dashboard-shell.ts'
import { LiveAnnouncer } from './shell/live-announcer.ts'
import { SettingsMenu } from './shell/settings/settings-menu.ts'
import { ShortcutsHelp } from './shell/shortcuts/shortcuts-help.ts'
import { SignIn } from './shell/sign-in.ts'
import { WarningsNote } from './shell/warnings-note.ts'
import { StatusCounts } from './verifications/counts/status-counts.ts'
import { ExportDialog } from './verifications/export/export-dialog.ts'
import { ListFilters } from './verifications/list/list-filters.ts'
import { SavedViews } from './verifications/list/saved-views.ts'
import { VerificationList } from './verifications/list/verification-list.ts'
import { VerificationsView } from './verifications/verifications-view.ts'

// What the first list needs; the rest comes in chunks of its own, each defined in its folder's elements.ts.
defineElements({
  'sv-connection': ConnectionPill,
  'sv-export': ExportDialog,
  'sv-filters': ListFilters,
  'sv-list-end': ListEnd,
  'sv-announcer': LiveAnnouncer,
  'sv-missing': MissingView,
  'sv-notice': Notice,
  'sv-panel': SidePanel,
  'sv-settings': SettingsMenu,
  'sv-saved-views': SavedViews,
  'sv-shell': DashboardShell,
  'sv-shortcuts': ShortcutsHelp,
  'sv-sign-in': SignIn,
  'sv-skeleton': Skeleton,
  'sv-status-counts': StatusCounts,
  'sv-tooltip': Tooltip,
  'sv-verification-list': VerificationList,
  'sv-verifications': VerificationsView,
  'sv-warnings': WarningsNote,
})

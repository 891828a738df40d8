import type { Status } from '../../../../server/protocol.ts'
import type { messages } from '../../messages.ts'
import type { Hue } from '../../parts/status/status-look.ts'

export interface Group {
  name: keyof typeof messages.counts.groups
  hue: Hue
  statuses: readonly Status[]
}

/** Every status is in one group; the group's figure is their sum. */
export const GROUPS: readonly Group[] = [
  { name: 'open', hue: 'cool', statuses: ['created', 'started', 'processing', 'submitted'] },
  { name: 'review', hue: 'amber', statuses: ['review'] },
  { name: 'approved', hue: 'green', statuses: ['approved'] },
  { name: 'declined', hue: 'red', statuses: ['declined'] },
  { name: 'ended', hue: 'grey', statuses: ['finished', 'cancelled', 'expired', 'abandoned', 'error'] },
]

import type { DeliveryOutcome } from '../../../server/protocol.ts'
import type { IconName } from '../parts/icons.ts'
import type { Hue } from '../parts/status/status-look.ts'

/** Outlined: kept, and without effect. */
export const OUTCOME_LOOKS: Record<DeliveryOutcome, { hue: Hue; icon: IconName; isOutlined: boolean }> = {
  accepted: { hue: 'green', icon: 'approved', isOutlined: false },
  duplicate: { hue: 'grey', icon: 'stack', isOutlined: true },
  unrecognised: { hue: 'grey', icon: 'unrecognised', isOutlined: true },
  rejected: { hue: 'red', icon: 'cancelled', isOutlined: true },
  quarantined: { hue: 'amber', icon: 'key', isOutlined: false },
  dead: { hue: 'red', icon: 'error', isOutlined: false },
}

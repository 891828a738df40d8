import type { Status } from '../../../../server/protocol.ts'

export type Hue = 'cool' | 'blue' | 'amber' | 'green' | 'red' | 'grey'

/** `filled`: only a vendor can bring this status about, so it is a fact. `outlined`: we or a browser may have said so. */
export interface StatusLook {
  hue: Hue
  shape: 'filled' | 'outlined' | 'filled-outlined'
}

/** The colour and shape of each status; its icon has the status' own name. */
export const STATUS_LOOKS: Record<Status, StatusLook> = {
  created: { hue: 'grey', shape: 'outlined' },
  started: { hue: 'cool', shape: 'outlined' },
  processing: { hue: 'cool', shape: 'filled' },
  submitted: { hue: 'cool', shape: 'outlined' },
  cancelled: { hue: 'grey', shape: 'outlined' },
  finished: { hue: 'blue', shape: 'filled-outlined' },
  review: { hue: 'amber', shape: 'filled' },
  approved: { hue: 'green', shape: 'filled' },
  declined: { hue: 'red', shape: 'filled' },
  expired: { hue: 'grey', shape: 'filled' },
  abandoned: { hue: 'grey', shape: 'filled' },
  error: { hue: 'red', shape: 'filled-outlined' },
}

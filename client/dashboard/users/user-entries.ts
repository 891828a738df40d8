import type { UserEvent, UserPage, Verification } from '../../../server/protocol.ts'
import type { IconName } from '../parts/icons.ts'
import type { Hue } from '../parts/status/status-look.ts'

/** One line of a user's history: a verification at the time it began, or what a vendor said. */
export type UserEntry =
  | { kind: 'verification'; at: string; key: string; verification: Verification }
  | { kind: UserEvent['kind']; at: string; key: string; event: UserEvent }

export const KINDS = ['verification', 'transaction', 'list', 'aml', 'other'] as const
export type EntryKind = (typeof KINDS)[number]

/** All of it in one order, newest first. */
export function mergeEntries({ verifications, events }: UserPage): UserEntry[] {
  const all: UserEntry[] = [
    ...verifications.map((each) => ({
      kind: 'verification' as const,
      at: each.createdAt,
      key: each.id,
      verification: each,
    })),
    ...events.map((event) => ({ kind: event.kind, at: event.at, key: event.id, event })),
  ]
  return all.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at) || (a.key < b.key ? 1 : -1))
}

/** When the user was last heard of: a verification that moved, or a vendor's word. ISO 8601. */
export function readLastHeard({ verifications, events }: UserPage): string | undefined {
  const times = [...verifications.map(({ updatedAt }) => updatedAt), ...events.map(({ at }) => at)]
  return times.toSorted((a, b) => Date.parse(b) - Date.parse(a))[0]
}

const ICONS: Record<UserEvent['kind'], IconName> = {
  transaction: 'stack',
  list: 'list',
  aml: 'warning',
  other: 'server',
}

// Words of SEON's that say how something stands; beside their colour they are always shown themselves.
const HUES: readonly [RegExp, Hue][] = [
  [/\b(?:decline|declined|blacklist)\b/i, 'red'],
  [/\b(?:review|watchlist)\b/i, 'amber'],
  [/\b(?:approve|approved|whitelist)\b/i, 'green'],
]

export function readEventLook({ kind, detail = '', flags }: UserEvent): { hue: Hue; icon: IconName } {
  const hue = HUES.find(([word]) => word.test(detail))?.[1]
  return { hue: hue ?? (flags.length > 0 ? 'amber' : 'grey'), icon: ICONS[kind] }
}

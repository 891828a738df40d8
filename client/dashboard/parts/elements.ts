import { defineElements } from '../define-elements.ts'
import { StatusBadge } from './status/status-badge.ts'
import { CopyId } from './text/copy-id.ts'
import { UserId } from './text/user-id.ts'
import { RelativeTime } from './time/relative-time.ts'

// What several views are made of, and the first list is not: they come with those views.
defineElements({
  'sv-copy-id': CopyId,
  'sv-status': StatusBadge,
  'sv-time': RelativeTime,
  'sv-user-id': UserId,
})

import { defineElements } from '../define-elements.ts'
import '../parts/elements.ts'
import { AuditList } from './audit-list.ts'
import { OperatorsView } from './operators-view.ts'
import { SessionList } from './session-list.ts'

defineElements({ 'sv-operators': OperatorsView, 'sv-audit-list': AuditList, 'sv-session-list': SessionList })

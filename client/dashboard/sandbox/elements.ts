import { defineElements } from '../define-elements.ts'
import { SandboxView } from './sandbox-view.ts'

defineElements({ 'sv-sandbox': SandboxView })

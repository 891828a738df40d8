import { defineElements } from '../define-elements.ts'
import '../parts/elements.ts'
import { ChaosDial } from './chaos-dial.ts'
import { ClockPanel } from './clock-panel.ts'
import { EventForm } from './event-form.ts'
import { SandboxView } from './sandbox-view.ts'
import { SentLog } from './sent-log.ts'

defineElements({
  'sv-sandbox': SandboxView,
  'sv-sandbox-chaos': ChaosDial,
  'sv-sandbox-clock': ClockPanel,
  'sv-sandbox-event': EventForm,
  'sv-sandbox-log': SentLog,
})

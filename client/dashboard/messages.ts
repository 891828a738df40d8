import { appMessages } from './messages/app.ts'
import { deliveryMessages } from './messages/deliveries.ts'
import { eventMessages } from './messages/events.ts'
import { operatorMessages } from './messages/operators.ts'
import { overviewMessages } from './messages/overview.ts'
import { sandboxMessages } from './messages/sandbox.ts'
import { userMessages } from './messages/users.ts'
import { verificationMessages } from './messages/verifications.ts'

/** Every word that operators read. Plain and short; a sentence says what is so and what to do next. */
export const messages = {
  ...appMessages,
  ...verificationMessages,
  deliveries: deliveryMessages,
  events: eventMessages,
  operators: operatorMessages,
  overview: overviewMessages,
  sandbox: sandboxMessages,
  user: userMessages,
}

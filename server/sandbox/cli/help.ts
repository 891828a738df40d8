import { EVENTS } from '../events.ts'

const events = Object.entries(EVENTS)
  .map(([name, { statuses }]) => `  ${name}\n      ${statuses.join(' ') || 'no status'}`)
  .join('\n')

export const HELP = `Steers the running sandbox.

  npm run trigger -- <event> [options]   sends a webhook, signed as its vendor signs
      --status S        one of the event's statuses, the first if left out
      --user ID         about this user's newest run or interview
      --execution ID    about this run; an unknown id makes one up
      --interview ID    about this Incode interview; an unknown id makes one up
      --score S         what Incode's API says of it from now on: OK WARN FAIL MANUAL
      --count N         entries in a Fraud event
      --to DOOR         IDV events: seon or seon-idv
      --forged HOW      as sent by somebody without the secret: wrong or missing
      --copies N        so often, the same bytes under the same id
      --hold MINUTES    held back, so that later ones overtake it

  npm run trigger -- chaos [options]     mishaps; shares from 0 to 1
      --seed N          the same seed and order of webhooks give the same mishaps
      --duplicate P  --reorder P  --delay P  --drop P  --corrupt P
      --revoke P        an approved run is declined ten minutes later
      --outage MINUTES  nothing gets through for so long; 0 ends it

  npm run trigger -- clock --advance MINUTES   lets time pass, with every retry on the way
  npm run trigger -- clock --reset             back to real time; also ends an outage
  npm run trigger -- rotate [--seon SECRET] [--license-key KEY] [--incode-secret SECRET]
                                               signs with these from now on

  --port N   the sandbox's; else SANDBOX_PORT, else PORT + 1, from the environment or .env

Events and their statuses:

${events}
`

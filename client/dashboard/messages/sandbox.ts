import type { SandboxAttempt } from '../../../server/protocol.ts'
import { formatSome } from './numbers.ts'

export const sandboxMessages = {
  loading: 'Loading the sandbox',
  failed: 'The sandbox does not answer',
  forbidden: 'For admins',
  forbiddenNext: 'Sending events changes what everybody sees here, so it is left to admins.',

  fire: {
    title: 'Send an event',
    lead: 'Built, signed and posted as its vendor does it, through the same door as in production.',
    vendor: 'Vendor',
    event: 'Event',
    status: 'Result',
    about: 'About',
    abouts: {
      start: 'A new verification, started now',
      unknown: 'One that was not started here',
    },
    aboutHints: {
      start: 'Starts it as a page would, then sends the event about it.',
      unknown: 'As for a link that somebody made by hand in the vendor’s panel.',
      user: 'The vendor knows nothing of this user yet.',
      none: 'It is about nobody.',
    },
    existing: 'Known to the vendor',
    someoneElse: 'Another user',
    user: 'User id',
    arrival: 'How it arrives',
    arrivals: {
      once: 'As the vendor sends it',
      twice: 'Twice, with the same id',
      late: 'A minute late, after what follows',
      wrong: 'With a wrong signature',
      missing: 'Without a signature',
    },
    door: 'Door',
    doors: { seon: '/webhooks/seon', 'seon-idv': '/webhooks/seon-idv' },
    count: 'Entries',
    score: 'What Incode’s API then says',
    scores: { OK: 'OK', WARN: 'Warn', FAIL: 'Fail', MANUAL: 'Manual' },
    send: 'Send',
    sending: 'Sending…',
    noUser: 'Give a user id.',
  },

  answer: (status: number) => `This server answered ${status}`,
  answers: {
    taken: 'Taken',
    refused: 'Refused',
    later: 'Come again',
  },
  errors: {
    HELD: 'Held back',
    DROPPED: 'Lost on the way',
    OUTAGE: 'Line cut',
    TIMEOUT: 'No answer in time',
    TOKEN_UNREADABLE: 'No token given',
  } as Record<string, string | undefined>,

  log: {
    title: 'Sent lately',
    columns: { at: 'Time', event: 'Event', about: 'About', attempt: 'Try', answer: 'Answer', next: 'Next try' },
    empty: 'Nothing has been sent yet',
    emptyNext: 'Send an event above, or go through the flow on the demo page.',
    attempt: ({ attempt, copy }: SandboxAttempt) => {
      if (copy === 'damaged') return 'Damaged copy'
      if (copy === 'duplicate') return 'Copy'
      return attempt === 0 ? 'Waiting' : `No. ${attempt}`
    },
    noNext: 'None',
    deliveries: 'See what arrived',
  },

  clock: {
    title: 'Clock',
    lead: 'Vendors’ waits take no time: let it pass, and every retry on the way is sent.',
    sandbox: 'Sandbox',
    real: 'Real time',
    ahead: (duration: string) => `${duration} ahead`,
    same: 'Same as real time',
    waiting: (count: number) =>
      count === 0 ? 'Nothing waits.' : `${formatSome(count, 'delivery waits', 'deliveries wait')} for its time.`,
    forward: 'Let time pass',
    /** The waits of SEON’s retries, which are what one mostly wants to skip. */
    steps: [
      [60_000, '1 min'],
      [300_000, '5 min'],
      [1_800_000, '30 min'],
      [7_200_000, '2 h'],
      [86_400_000, '24 h'],
    ] as const,
    passing: 'Time passes…',
    reset: 'Back to real time',
  },

  chaos: {
    title: 'Mishaps',
    lead: 'Shares of what vendors send that meet with them. The same seed gives the same mishaps.',
    preset: 'How bad it is',
    presets: { calm: 'Calm', unruly: 'Unruly', storm: 'Storm' },
    dials: {
      duplicate: ['Come twice', 'Delivered, and delivered once more.'],
      reorder: ['Overtake each other', 'Held for up to a few seconds.'],
      delay: ['Come late', 'Held for ten minutes.'],
      drop: ['Get lost', 'The vendor tries again if it ever does.'],
      corrupt: ['Arrive damaged first', 'Half the body under the whole one’s signature.'],
      revoke: ['Overruled later', 'An approved run is declined ten minutes after.'],
    },
    percent: (share: number) => `${Math.round(share * 100)} %`,
    seed: 'Seed',
    outage: 'Cut the line',
    cut: 'Cut for 5 min',
    cutUntil: (time: string) => `Nothing gets through until ${time} of the sandbox’s time.`,
    uncut: 'Mend it',
    whole: 'What vendors send gets through.',
  },
}

import type { Chapter } from './example.ts'
import { languages } from './languages.ts'
import { failures, moments } from './moments.ts'

const APPROVED = { changes: [{ type: 'status', status: 'approved' }] } as const

export const chapters: readonly Chapter[] = [
  {
    id: 'moments',
    title: 'Moments',
    text: 'All take the same room: the page around the element never moves.',
    examples: moments,
  },
  {
    id: 'failures',
    title: 'Failures',
    text: 'What the visitor can do is said in words; the code goes to the page, in seon-verify-error.',
    examples: failures,
  },
  {
    id: 'modes',
    title: 'Modes',
    text: 'Each of these can be started: the sandbox of this server plays SEON.',
    examples: [
      { id: 'fullscreen', title: 'fullscreen', attributes: { mode: 'fullscreen' } },
      { id: 'popup', title: 'popup', attributes: { mode: 'popup' } },
      { id: 'link', title: 'link: go on with another device', attributes: { mode: 'link' } },
      { id: 'inline', title: 'inline', attributes: { mode: 'inline' } },
      {
        id: 'inline-loading',
        title: 'inline, while SEON’s page loads',
        attributes: { mode: 'inline' },
        changes: [{ type: 'start' }, { type: 'ready' }, { type: 'shown' }],
      },
    ],
  },
  {
    id: 'looks',
    title: 'Looks',
    text: 'Font, colours and colour scheme are the page’s; the rest is set by custom properties.',
    examples: [
      { id: 'accent', title: 'Another accent', style: '--seon-verify-accent: #0b6e4f; --seon-verify-radius: 999px' },
      {
        id: 'light-accent',
        title: 'A light accent with dark words',
        style: '--seon-verify-accent: #ffd166; --seon-verify-on-accent: #2b2000; --seon-verify-radius: 0',
      },
      { id: 'serif', title: 'The page’s own font', style: 'font: 1.125em/1.5 Georgia, serif', ...APPROVED },
      {
        id: 'dark-card',
        title: 'On a dark card',
        style: 'color-scheme: dark; background: #14201b; color: #e8f2ec; padding: 16px; border-radius: 10px',
        ...APPROVED,
      },
    ],
  },
  {
    id: 'languages',
    title: 'Languages',
    text: 'Each is fetched when a page needs it. Here each element has its own; elsewhere the page’s lang decides.',
    examples: languages.flatMap(({ tag, name }) => [
      { id: `lang-${tag}`, title: name, attributes: { language: tag } },
      { id: `lang-${tag}-approved`, title: `${name}, approved`, attributes: { language: tag }, ...APPROVED },
    ]),
  },
  {
    id: 'words',
    title: 'Own words',
    text: 'Slots take markup; the property messages takes any text, the title of SEON’s frame included.',
    examples: [
      {
        id: 'slots',
        title: 'Slots label, hint and privacy',
        slots: {
          label: 'Open my account',
          hint: 'Fernhill Savings asks every new customer for this, once.',
          privacy: 'Fernhill deletes your photos after thirty days.',
        },
      },
      {
        id: 'messages',
        title: 'messages',
        messages: { approvedTitle: 'Welcome to Fernhill', approved: 'Your account opens on Monday.' },
        ...APPROVED,
      },
    ],
  },
]

import { createServer } from 'node:http'
import { after } from 'node:test'
import { listen, stop } from './listen.ts'

/** What Incode knows of an interview. */
export interface PlayedInterview {
  onboardingStatus: string
  /** `overall.status` of the score. */
  score?: string
}

export interface PlayedIncode {
  url: string
  interviews: Map<string, PlayedInterview>
  /** Every path that was asked for, in order. */
  paths: string[]
  /** Answers everything with this HTTP status while it is set. */
  failing: number | null
}

/** Incode's API as far as verdicts go, over real HTTP; gone when the suite ends. */
export async function startIncode(): Promise<PlayedIncode> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://incode')
    played.paths.push(pathname)
    const interview = played.interviews.get(searchParams.get('id') ?? '')
    const answers = new Map<string, unknown>([
      ['/omni/get/onboarding/status', { onboardingStatus: interview?.onboardingStatus }],
      ['/omni/get/score', { overall: { status: interview?.score } }],
    ])
    const status = played.failing ?? (interview === undefined || !answers.has(pathname) ? 404 : 200)
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(status === 200 ? answers.get(pathname) : {}))
  })
  const played: PlayedIncode = { url: await listen(server), interviews: new Map(), paths: [], failing: null }
  after(() => stop(server))
  return played
}

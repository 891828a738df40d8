import { findControl, until } from './page.ts'
import { unverified } from './unverified.ts'
import { verified } from './verified.ts'

/** Null where the case holds, else what does not. */
export async function runUnverified(name: string): Promise<string | null> {
  return judge(unverified[name]?.())
}

/** The same for the page's own element. */
export async function runVerified(name: string): Promise<string | null> {
  const control = findControl(document)
  await until(() => control.value, 'a receipt')
  return judge(control.form === null ? undefined : verified[name]?.(control, control.form))
}

async function judge(running: Promise<void> | undefined): Promise<string | null> {
  if (running === undefined) return 'there is no such case'
  return running.then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )
}

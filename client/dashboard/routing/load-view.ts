import type { View } from './route.ts'

// Views that a visit may well do without come in chunks of their own; each names its elements in its folder's elements.ts.
const CHUNKS: Partial<Record<View, () => Promise<unknown>>> = {
  overview: () => import('../overview/elements.ts'),
  deliveries: () => import('../deliveries/elements.ts'),
  sandbox: () => import('../sandbox/elements.ts'),
  operators: () => import('../operators/elements.ts'),
  user: () => import('../users/elements.ts'),
}

/** Fetches what a view is made of, once. Rejects where the server no longer has it, as after an update. */
export async function loadView(view: View): Promise<void> {
  await CHUNKS[view]?.()
}

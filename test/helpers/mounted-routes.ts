import { z } from 'zod'

const layer = z.object({
  /** As it was given to `use` or `get`. */
  rawPath: z.union([z.string(), z.array(z.string())]),
  handle: z.unknown(),
  route: z.object({ methods: z.record(z.string(), z.boolean()) }).optional(),
})
const stackOf = (handle: unknown) => z.array(layer).safeParse(Object(handle).stack).data

/**
 * What an app answers, read off its router: `GET /path` for routes, `USE /path` for everything that is mounted under a
 * path and is no router (it decides about methods itself). Middleware without a path of its own is no entry.
 */
export function readMountedRoutes(app: unknown): string[] {
  return [...new Set(read(Reflect.get(Object(app), 'router'), ''))]
}

function read(router: unknown, mountedAt: string): string[] {
  return (stackOf(router) ?? []).flatMap(({ rawPath, handle, route }) =>
    [rawPath].flat().flatMap((own) => {
      const path = own === '/' ? mountedAt || '/' : `${mountedAt}${own}`
      if (route !== undefined) {
        return Object.keys(route.methods).map((method) => `${method === '_all' ? 'ALL' : method.toUpperCase()} ${path}`)
      }
      if (stackOf(handle) !== undefined) return read(handle, path === '/' ? '' : path)
      return own === '/' ? [] : [`USE ${path}`]
    }),
  )
}

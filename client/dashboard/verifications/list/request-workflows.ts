import * as z from 'zod/mini'
import type { ApiClient } from '../../api/api-client.ts'

const answer = z.object({ workflows: z.array(z.string()) })

/** The workflows that a list can be filtered by. Throws an `ApiError`. */
export async function requestWorkflows(api: ApiClient): Promise<readonly string[]> {
  return (await api.request(answer, '/api/statistics')).workflows
}

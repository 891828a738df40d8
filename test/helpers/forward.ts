/** A request as a browser's route, or a proxy, holds it. */
export interface Forwardable {
  method(): string
  headers(): Record<string, string>
  postData(): string | null
}

/** Sends it to another address and answers what came back. */
export async function forward(url: string, request: Forwardable) {
  const body = request.postData()
  const response = await fetch(url, {
    method: request.method(),
    headers: request.headers(),
    ...(body === null ? {} : { body }),
  })
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  }
}

import type { Request } from 'express'
import { ipKeyGenerator } from 'express-rate-limit'

/** What a household or a small office gets of IPv6: within it addresses are free to change. */
const IPV6_SUBNET = 56

/** Who calls, as far as an address tells (see TRUST_PROXY): an IPv4 address or an IPv6 network. */
export function readPeerAddress(request: Request): string {
  // Not by way of the other: express-rate-limit looks for this call in the text of a key generator.
  return ipKeyGenerator(request.ip ?? '', IPV6_SUBNET)
}

export function toPeerAddress(ip: string): string {
  return ipKeyGenerator(ip, IPV6_SUBNET)
}

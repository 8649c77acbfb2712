import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** IPv4 in IPv6's clothes (::ffff:192.0.2.1) is IPv4. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');

function listOf(proxies: readonly string[]): BlockList {
  const known = new BlockList();
  for (const proxy of proxies) {
    const [address = '', bits] = proxy.split('/');
    const family = isIPv4(address) ? 'ipv4' : 'ipv6';
    if (bits === undefined) known.addAddress(address, family);
    else known.addSubnet(address, Number(bits), family);
  }
  return known;
}

const has = (known: BlockList, address: string): boolean =>
  (isIPv4(address) && known.check(address, 'ipv4')) || (isIPv6(address) && known.check(address, 'ipv6'));

/**
 * Finds the caller's address: of the connection itself, or, when that is a trusted proxy, the last address of
 * `X-Forwarded-For` that is not one. What stands before it anybody could have written.
 */
export function addressFinder(proxies: readonly string[]): (socket: string, forwardedFor: string) => string {
  const known = listOf(proxies);
  return (socket, forwardedFor) => {
    if (forwardedFor === '') return plain(socket);
    const hops = [...forwardedFor.split(',').map((hop) => plain(hop.trim())), plain(socket)];
    while (hops.length > 1 && has(known, hops.at(-1) ?? '')) {
      const before = hops.at(-2) ?? '';
      if (!isIPv4(before) && !isIPv6(before)) break;
      hops.pop();
    }
    return hops.at(-1) ?? '';
  };
}

/** What the limits count: an IPv4 address, or the /64 network that an IPv6 customer gets. */
export function addressPrefix(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('::');
  const groups = head.split(':').filter(Boolean);
  const rest = (tail ?? '').split(':').filter(Boolean);
  const full =
    tail === undefined ? groups : [...groups, ...Array<string>(8 - groups.length - rest.length).fill('0'), ...rest];
  return `${full
    .slice(0, 4)
    .map((group) => parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}

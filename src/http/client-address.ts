import type { IncomingMessage } from 'node:http';
import { isIPv4, isIPv6 } from 'node:net';
import proxyAddr from '@fastify/proxy-addr';

/** The address of the client of a request, as callers are counted by it. */
export type AddressOf = (request: IncomingMessage) => string;

/** The hextets of an IPv6 address that one subscriber gets from its provider. */
const NETWORK_HEXTETS = 4;
const UNKNOWN = 'unknown';

/**
 * The client is behind the proxies that are trusted: addresses, networks such as `10.0.0.0/8`, or `loopback`, `linklocal`,
 * `uniquelocal`. Any other X-Forwarded-For could be made up by the client itself. Throws `TypeError` if one of them is none of these.
 */
export function clientAddress(trustedProxies: readonly string[]): AddressOf {
  const trusts = proxyAddr.compile([...trustedProxies]);
  return (request) => networkOf(proxyAddr(request, trusts)) ?? networkOf(request.socket.remoteAddress ?? '') ?? UNKNOWN;
}

/**
 * An IPv4 address, also if it is written as IPv6; of an IPv6 address the first 64 bits, because its client may have all addresses
 * that begin so. undefined for any other text.
 */
export function networkOf(text: string): string | undefined {
  if (isIPv4(text)) return text;
  if (!isIPv6(text)) return undefined;
  const hextets = hextetsOf(text);
  const [a = 0, b = 0] = hextets.slice(6);
  if (hextets.slice(0, 5).every((hextet) => hextet === 0) && hextets[5] === 0xffff)
    return [a >> 8, a & 255, b >> 8, b & 255].join('.');
  const network = hextets.slice(0, NETWORK_HEXTETS).map((hextet) => hextet.toString(16));
  return `${network.join(':')}::/64`;
}

function hextetsOf(address: string): readonly number[] {
  const [text = ''] = address.split('%');
  const [head = '', tail] = text.split('::').map(hextetsIn);
  if (tail === undefined) return head as readonly number[];
  const zeros = Array<number>(8 - head.length - tail.length).fill(0);
  return [...(head as readonly number[]), ...zeros, ...tail];
}

function hextetsIn(part: string): readonly number[] {
  if (part === '') return [];
  return part.split(':').flatMap((group) => {
    if (!group.includes('.')) return [parseInt(group, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
    return [a * 256 + b, c * 256 + d];
  });
}
